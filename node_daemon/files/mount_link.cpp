// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/mount_link.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "core/subprocess.h"
#include "node_daemon/files/trusted_path.h"

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

/// A link that this or another launcher of SkyPilot's tasks left for the same mount of this user,
/// in this home or in another.
bool is_of_a_mount(const std::string& path) {
  std::error_code is_no_link;
  const std::string target = std::filesystem::read_symlink(path, is_no_link).native();
  if (is_no_link || !target.ends_with("/.sky/file_mounts" + path)) return false;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno == ENOENT;
  return status.st_uid == ::geteuid();
}

/// Of anything but a proven absence it is not known what is there.
Result<bool> is_absent(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return false;
  if (errno == ENOENT) return true;
  return tl::unexpected(errno_error(path + ": cannot see what is there"));
}

/// The directories above `path` that are not there, the uppermost first.
Result<std::vector<std::string>> missing_directories(const std::string& path) {
  std::vector<std::string> missing;
  for (auto each = directory_of(path);; each = directory_of(each)) {
    auto absent = is_absent(each);
    if (!absent) return tl::unexpected(std::move(absent.error()));
    if (!*absent) return missing;
    missing.insert(missing.begin(), each);
  }
}

Result<void> make_plainly(const MountLink& link, const Staging& staging) {
  const std::string directory = directory_of(link.path);
  auto fd = open_or_make_directory(directory);
  if (!fd) return tl::unexpected(std::move(fd.error()));
  const Spot spot{fd->get(), directory, std::filesystem::path(link.path).filename().native()};
  const auto make = [&link](int directory_fd, const std::string& name) {
    return ::symlinkat(link.target.c_str(), directory_fd, name.c_str());
  };
  if (staging.put(spot, make) != 0) return tl::unexpected(errno_error(link.path));
  return {};
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

/// None of its steps succeeds on what somebody else has put there meanwhile.
bool make_with_sudo(const MountLink& link, const std::vector<std::string>& missing) {
  const std::string owner = std::to_string(::geteuid()) + ':' + std::to_string(::getegid());
  for (const auto& directory : missing) {
    if (!sudo({"mkdir", "-m", "0755", "--", directory})) return false;
    if (!sudo({"chown", "-h", "--", owner, directory})) return false;
  }
  const char* const options = is_of_a_mount(link.path) ? "-sfT" : "-sT";
  return sudo({"ln", options, "--", link.target, link.path});
}

}  // namespace

Result<void> MountLink::check() const {
  auto absent = is_absent(path);
  if (!absent) return tl::unexpected(std::move(absent.error()));
  if (*absent || is_same_file(path, target) || is_of_a_mount(path)) return {};
  return failure("!!! Failed mounting because path exists (" + path + ")");
}

Result<void> MountLink::make(const Staging& staging) const {
  if (auto free = check(); !free) return free;
  if (is_same_file(path, target)) return {};
  auto missing = missing_directories(path);
  if (!missing) return tl::unexpected(std::move(missing.error()));
  const std::string there = directory_of(missing->empty() ? path : missing->front());
  const bool may_write = ::faccessat(AT_FDCWD, there.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
  if (may_write || ::geteuid() == 0) return make_plainly(*this, staging);
  const auto denied = errno_error(path);
  if (make_with_sudo(*this, *missing)) return {};
  return tl::unexpected(denied);
}

}  // namespace skyrun
