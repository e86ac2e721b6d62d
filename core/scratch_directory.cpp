// SPDX-License-Identifier: Apache-2.0
#include "core/scratch_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <filesystem>
#include <random>

#include "core/directory.h"
#include "core/file_lock.h"

namespace skyrun {
namespace {

/// Where nothing tells whether its owner lives, a directory is left alone for so long, in seconds.
constexpr time_t kDoubtful{24L * 3600};
constexpr int kAttempts = 100;
constexpr const char* kLock = "lock";

struct Locked {
  Fd fd;
  bool vain = false;  ///< a sweep was here first
};

Result<Locked> make_and_lock(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return tl::unexpected(errno_error(path));
  const std::string name = path + '/' + kLock;
  Fd fd(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd && errno == ENOENT) return Locked{Fd(), true};
  if (!fd) return tl::unexpected(errno_error(name));
  const auto locked = try_lock(fd.get(), FileLock::exclusive);
  struct stat status {};
  const bool gone = ::fstat(fd.get(), &status) != 0 || status.st_nlink == 0;
  return Locked{std::move(fd), gone || (locked && !*locked)};  // no locks here: nobody sweeps
}

/// Of something unfinished elsewhere.
void remove_told(const std::filesystem::path& link) {
  std::error_code is_no_link;
  const auto target = std::filesystem::read_symlink(link, is_no_link);
  if (!is_no_link && target.filename() == link.filename()) ::unlink(target.c_str());
}

/// The lock goes last: until then it says whose all of it is.
void remove_scratch(const std::string& path) {
  std::error_code error;
  for (std::filesystem::directory_iterator each(path, error), end; !error && each != end;
       each.increment(error)) {
    if (each->path().filename() == kLock) continue;
    remove_told(each->path());
    remove_tree(each->path());
  }
  ::unlink((path + '/' + kLock).c_str());
  ::rmdir(path.c_str());
}

bool is_old(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && status.st_mtime + kDoubtful < ::time(nullptr);
}

void sweep_one(const std::string& path) {
  const Fd lock(::open((path + '/' + kLock).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!lock) {
    if (::rmdir(path.c_str()) != 0 && is_old(path)) remove_scratch(path);
    return;
  }
  const auto locked = try_lock(lock.get(), FileLock::exclusive);
  if (locked ? *locked : is_old(path)) remove_scratch(path);
}

}  // namespace

Result<ScratchDirectory> ScratchDirectory::make(const std::string& root,
                                                const std::string& prefix) {
  if (auto made = make_directories(root, 0700); !made)
    return tl::unexpected(std::move(made.error()));
  const std::string path = root + '/' + unique_name(prefix);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto locked = make_and_lock(path);
    if (!locked) return tl::unexpected(std::move(locked.error()));
    if (!locked->vain) return ScratchDirectory(path, std::move(locked->fd));
    ::usleep(1000);  // it is being swept
  }
  return failure(path + ": in use");
}

ScratchDirectory::~ScratchDirectory() {
  if (lock_) remove_scratch(path_);
}

std::string scratch_root(const std::string& home) {
  return home + "/.skyrun/run";
}

std::string unique_name(const std::string& prefix) {
  std::random_device random;
  return fmt::format("{}-{:08x}{:08x}", prefix, random(), random());
}

void sweep_scratch(const std::string& root) {
  std::error_code error;
  for (std::filesystem::directory_iterator each(root, error), end; !error && each != end;
       each.increment(error)) {
    if (each->symlink_status(error).type() == std::filesystem::file_type::directory)
      sweep_one(each->path().native());
  }
}

}  // namespace skyrun
