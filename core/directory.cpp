// SPDX-License-Identifier: Apache-2.0
#include "core/directory.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

namespace skyrun {

Result<void> make_directories(const std::string& path, unsigned mode) {
  if (::mkdir(path.c_str(), mode) == 0) return {};
  if (errno == ENOENT) {
    const size_t slash = path.find_last_of('/');
    if (slash != std::string::npos && slash > 0) {
      auto above = make_directories(path.substr(0, slash), mode);
      if (!above) return above;
      if (::mkdir(path.c_str(), mode) == 0) return {};
    }
  }
  const int errnum = errno;
  struct stat there {};
  if (errnum == EEXIST && ::stat(path.c_str(), &there) == 0 && S_ISDIR(there.st_mode)) return {};
  return tl::unexpected(errno_error(path, errnum));
}

void remove_tree(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

void point_link(const std::string& link, const std::string& target) {
  struct stat there {};
  if (::lstat(link.c_str(), &there) == 0 && !S_ISLNK(there.st_mode)) return;
  const std::string fresh = link + '.' + std::to_string(::getpid());
  if (::symlink(target.c_str(), fresh.c_str()) != 0) return;
  if (::rename(fresh.c_str(), link.c_str()) != 0) ::unlink(fresh.c_str());
}

std::string home_directory() {
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return home;
  const passwd* account = ::getpwuid(::getuid());
  return account != nullptr ? account->pw_dir : "/";
}

Result<void> check_home(const std::string& home) {
  struct stat status {};
  if (::stat(home.c_str(), &status) != 0)
    return tl::unexpected(errno_error("the home directory " + home));
  if (!S_ISDIR(status.st_mode)) return failure("the home directory " + home + ": not a directory");
  return {};
}

}  // namespace skyrun
