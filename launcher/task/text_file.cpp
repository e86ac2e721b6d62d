// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/text_file.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace skyrun {
namespace {

constexpr size_t kMost = size_t{64} << 20U;

}  // namespace

Result<std::string> read_text_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return tl::unexpected(errno_error(path, EISDIR));
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return tl::unexpected(errno_error(path, errno != 0 ? errno : ENOENT));
  std::string text;
  char chunk[1 << 16];
  while (text.size() < kMost && file.good()) {
    file.read(chunk, sizeof chunk);
    text.append(chunk, static_cast<size_t>(file.gcount()));
  }
  if (file.bad()) return tl::unexpected(errno_error(path, EIO));
  return text;
}

Result<std::string> read_standard_input() {
  std::string text;
  char chunk[1 << 16];
  while (text.size() < kMost) {
    const ssize_t got = ::read(STDIN_FILENO, chunk, sizeof chunk);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(errno_error("standard input"));
    text.append(chunk, static_cast<size_t>(got));
  }
  return text;
}

}  // namespace skyrun
