// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/picture_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "core/fd.h"

namespace skyrun {
namespace {

/// 0 or an errno.
int write_to(const std::string& path, int flags, std::string_view picture) {
  const auto file = open_file(path, O_WRONLY | flags, 0666);
  return file && write_all(file->get(), picture) ? 0 : errno;
}

int replace(const std::string& path, std::string_view picture) {
  const std::string fresh = path + "." + std::to_string(::getpid());
  int error = write_to(fresh, O_CREAT | O_EXCL, picture);
  if (error == 0 && std::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(fresh.c_str());
  return error;
}

bool is_special(const std::string& path) {  // a pipe, /dev/null
  std::error_code none;
  const auto status = std::filesystem::status(path, none);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

}  // namespace

Result<void> save_picture(const std::string& path, std::string_view picture) {
  const std::string to = path == "-" ? "/dev/stdout" : path;
  const int error = is_special(to) || path == "-" ? write_to(to, 0, picture) : replace(to, picture);
  if (error != 0) return tl::unexpected(errno_error(to, error));
  return {};
}

}  // namespace skyrun
