// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/staging.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "core/scratch_directory.h"

namespace skyrun {
namespace {

/// Whether the directory was closed to us and is open now.
bool open_to_owner(int directory_fd) {
  struct stat status {};
  if (::fstat(directory_fd, &status) != 0 || (status.st_mode & S_IRWXU) == S_IRWXU) return false;
  return ::fchmodat(directory_fd, ".", (status.st_mode & 07777U) | S_IRWXU, 0) == 0;
}

std::string unfinished_name() {
  return unique_name(".skyrun");
}

/// Also over an empty directory.
int rename_over(int from_fd, const std::string& from, const Spot& to) {
  const auto rename = [&] {
    return ::renameat(from_fd, from.c_str(), to.directory_fd, to.name.c_str());
  };
  if (rename() == 0) return 0;
  if (errno != EISDIR) return -1;
  if (::unlinkat(to.directory_fd, to.name.c_str(), AT_REMOVEDIR) != 0) return -1;
  return rename();
}

void unlink_quietly(int directory_fd, const std::string& name) {
  const int errnum = errno;
  ::unlinkat(directory_fd, name.c_str(), 0);
  errno = errnum;
}

}  // namespace

Result<Staging> Staging::open(const std::string& scratch) {
  auto fd = open_file(scratch, O_PATH | O_DIRECTORY);
  if (!fd) return tl::unexpected(std::move(fd.error()));
  return Staging(std::move(*fd));
}

int Staging::put(const Spot& spot, const Make& make) const {
  const auto at_once = [&] { return make(spot.directory_fd, spot.name); };
  if (write_in(spot.directory_fd, at_once) == 0) return 0;
  if (errno != EEXIST) return -1;
  if (put_through_scratch(spot, make) == 0) return 0;
  return errno == EXDEV ? put_beside(spot, make) : -1;
}

int Staging::put_through_scratch(const Spot& spot, const Make& make) const {
  const std::string name = unfinished_name();
  if (make(scratch_.get(), name) != 0) return -1;
  const auto move = [&] { return rename_over(scratch_.get(), name, spot); };
  if (write_in(spot.directory_fd, move) == 0) return 0;
  unlink_quietly(scratch_.get(), name);
  return -1;
}

int Staging::put_beside(const Spot& spot, const Make& make) const {
  const std::string name = begin_beside(spot);
  if (name.empty()) return -1;
  const auto make_it = [&] { return make(spot.directory_fd, name); };
  if (write_in(spot.directory_fd, make_it) == 0) return commit_beside(spot, name);
  drop_beside(spot, name);
  return -1;
}

std::string Staging::begin_beside(const Spot& spot) const {
  std::string name = unfinished_name();
  const std::string target = spot.directory + '/' + name;
  if (::symlinkat(target.c_str(), scratch_.get(), name.c_str()) != 0) return "";
  return name;
}

int Staging::commit_beside(const Spot& spot, const std::string& name) const {
  const auto move = [&] { return rename_over(spot.directory_fd, name, spot); };
  if (write_in(spot.directory_fd, move) != 0) {
    drop_beside(spot, name);
    return -1;
  }
  unlink_quietly(scratch_.get(), name);
  return 0;
}

void Staging::drop_beside(const Spot& spot, const std::string& name) const {
  unlink_quietly(spot.directory_fd, name);
  unlink_quietly(scratch_.get(), name);
}

int write_in(int directory_fd, const std::function<int()>& call) {
  constexpr int kAttempts = 16;
  int result = call();
  for (int attempt = 1; result < 0 && errno == EACCES && attempt < kAttempts; ++attempt) {
    if (!open_to_owner(directory_fd)) {
      errno = EACCES;
      return result;
    }
    result = call();
  }
  return result;
}

}  // namespace skyrun
