// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/text_file.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace skyrun {

Result<std::string> read_text_file(const std::string& path) {
  constexpr size_t kMost = size_t{64} << 20U;
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

}  // namespace skyrun
