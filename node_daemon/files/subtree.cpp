// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/subtree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/text.h"
#include "node_daemon/files/trusted_path.h"

namespace skyrun {
namespace {

constexpr int kDirectory = O_PATH | O_DIRECTORY | O_CLOEXEC;

bool is_directory(int directory_fd, const std::string& name) {
  struct stat status {};
  return ::fstatat(directory_fd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISDIR(status.st_mode);
}

/// Makes a directory, or finds one, or puts one in the place of a file or link. Returns 0, or -1
/// with errno.
int ensure_directory(int directory_fd, const std::string& name) {
  const auto make = [&] {
    if (::mkdirat(directory_fd, name.c_str(), 0700) == 0) return 0;
    if (errno != EEXIST || is_directory(directory_fd, name)) return errno == EEXIST ? 0 : -1;
    // Another process that replaces it just now may have been first, with either call.
    if (::unlinkat(directory_fd, name.c_str(), 0) != 0 && errno != ENOENT) return -1;
    if (::mkdirat(directory_fd, name.c_str(), 0700) == 0) return 0;
    return errno == EEXIST ? 0 : -1;
  };
  return write_in(directory_fd, make);
}

}  // namespace

Result<Subtree> Subtree::open(std::string root, const Staging& staging) {
  auto fd = open_or_make_directory(root);
  if (!fd) return tl::unexpected(std::move(fd.error()));
  return Subtree(std::move(root), std::move(*fd), staging);
}

Result<void> Subtree::make_directory(std::string_view path, const Attributes& attributes) {
  auto spot = spot_of(path);
  if (!spot) return tl::unexpected(std::move(spot.error()));
  const int directory = spot->directory_fd;
  const std::string& name = spot->name;
  if (!path.empty() && ensure_directory(directory, name) != 0) {
    return tl::unexpected(errno_error(shown(path)));
  }
  const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, attributes.mtime};
  const bool set = ::fchmodat(directory, name.c_str(), attributes.mode, 0) == 0 &&
                   ::utimensat(directory, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) == 0;
  if (!set && errno != EPERM) return tl::unexpected(errno_error(shown(path)));
  return {};
}

Result<void> Subtree::make_link(std::string_view path, const std::string& target,
                                const timespec& mtime) {
  auto spot = spot_of(path);
  if (!spot) return tl::unexpected(std::move(spot.error()));
  const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, mtime};
  const auto make = [&target, &times](int directory_fd, const std::string& name) {
    if (::symlinkat(target.c_str(), directory_fd, name.c_str()) != 0) return -1;
    ::utimensat(directory_fd, name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
    return 0;
  };
  if (staging_->put(*spot, make) != 0) return tl::unexpected(errno_error(shown(path)));
  return {};
}

Result<NewFile> Subtree::create_file(std::string_view path) {
  auto spot = spot_of(path);
  if (!spot) return tl::unexpected(std::move(spot.error()));
  return NewFile::create(std::move(*spot), shown(path), *staging_);
}

/// The root is "." in itself.
Result<Spot> Subtree::spot_of(std::string_view path) {
  if (path.empty()) return Spot{root_fd_.get(), root_, "."};
  const size_t slash = path.rfind('/');
  const auto directory = slash == std::string_view::npos ? "" : path.substr(0, slash);
  auto entered = enter(directory);
  if (!entered) return tl::unexpected(std::move(entered.error()));
  const int fd = directory.empty() ? root_fd_.get() : entered_fd_.get();
  return Spot{fd, shown(directory), std::string(path.substr(slash + 1))};
}

/// Opens a directory below the root name by name, so that no link on the way is followed.
Result<void> Subtree::enter(std::string_view directory) {
  if (directory == entered_) return {};
  entered_.clear();
  entered_fd_.reset();
  if (directory.empty()) return {};
  for (const auto name : split(directory, '/')) {
    const int parent = entered_fd_ ? entered_fd_.get() : root_fd_.get();
    Fd next(::openat(parent, std::string(name).c_str(), kDirectory | O_NOFOLLOW));
    if (!next) return tl::unexpected(errno_error(shown(directory)));
    entered_fd_ = std::move(next);
  }
  entered_ = directory;
  return {};
}

std::string Subtree::shown(std::string_view path) const {
  return path.empty() ? root_ : root_ + '/' + std::string(path);
}

}  // namespace skyrun
