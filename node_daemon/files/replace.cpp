// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/replace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>

namespace skyrun {
namespace {

/// Whether the directory was closed to us and is open now.
bool open_to_owner(int directory_fd) {
  struct stat status {};
  if (::fstat(directory_fd, &status) != 0 || (status.st_mode & S_IRWXU) == S_IRWXU) return false;
  return ::fchmodat(directory_fd, ".", (status.st_mode & 07777U) | S_IRWXU, 0) == 0;
}

}  // namespace

std::string temporary_name() {
  std::random_device random;
  return fmt::format(".skyrun-{:08x}{:08x}", random(), random());
}

int rename_over(int directory_fd, const std::string& from, const std::string& to) {
  const auto rename = [&] {
    return ::renameat(directory_fd, from.c_str(), directory_fd, to.c_str());
  };
  if (rename() == 0) return 0;
  if (errno != EISDIR) return -1;
  if (::unlinkat(directory_fd, to.c_str(), AT_REMOVEDIR) != 0) return -1;
  return rename();
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
