// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/mount_link.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "core/subprocess.h"
#include "node_daemon/files/replace.h"

namespace skyrun {
namespace {

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat first {};
  struct stat second {};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

std::string directory_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().native();
}

/// Returns 0 or an errno.
int make_plainly(const MountLink& link) {
  std::error_code error;
  const std::string directory = directory_of(link.path);
  std::filesystem::create_directories(directory, error);
  if (error) return error.value();
  const std::string temporary = directory + '/' + temporary_name();
  if (::symlink(link.target.c_str(), temporary.c_str()) != 0) return errno;
  if (::rename(temporary.c_str(), link.path.c_str()) == 0) return 0;
  const int errnum = errno;
  ::unlink(temporary.c_str());
  return errnum;
}

/// The uppermost directory above `path` that is not there yet, or "".
std::string first_missing_directory(const std::string& path) {
  std::string missing;
  for (auto each = directory_of(path); ::access(each.c_str(), F_OK) != 0;
       each = directory_of(each)) {
    missing = each;
  }
  return missing;
}

bool sudo(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"sudo", "-n"});
  const auto pid = spawn({.argv = std::move(arguments)});
  if (!pid) return false;
  int status = 0;
  while (::waitpid(*pid, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return status == 0;
}

bool make_with_sudo(const MountLink& link) {
  const std::string missing = first_missing_directory(link.path);
  const std::string owner = std::to_string(::geteuid()) + ':' + std::to_string(::getegid());
  if (!missing.empty()) {
    if (!sudo({"mkdir", "-p", "--", directory_of(link.path)})) return false;
    if (!sudo({"chown", "-R", "--", owner, missing})) return false;
  }
  return sudo({"ln", "-sfn", "--", link.target, link.path});
}

}  // namespace

Result<void> MountLink::check() const {
  struct stat status {};
  const bool taken = ::lstat(path.c_str(), &status) == 0 && !S_ISLNK(status.st_mode);
  if (!taken || is_same_file(path, target)) return {};
  return failure("!!! Failed mounting because path exists (" + path + ")");
}

Result<void> MountLink::make() const {
  auto free = check();
  if (!free) return free;
  if (is_same_file(path, target)) return {};
  const int errnum = make_plainly(*this);
  if (errnum == 0) return {};
  const bool forbidden = errnum == EACCES || errnum == EPERM;
  if (forbidden && ::geteuid() != 0 && make_with_sudo(*this)) return {};
  return tl::unexpected(errno_error(path, errnum));
}

}  // namespace skyrun
