// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_number.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "core/directory.h"
#include "core/fd.h"
#include "core/text.h"

namespace skyrun {

Result<uint64_t> next_job_number(const std::string& home) {
  auto made = make_directories(home + "/.skyrun", 0700);
  if (!made) return tl::unexpected(std::move(made.error()));
  const std::string path = home + "/.skyrun/job_number";
  auto file = open_file(path, O_RDWR | O_CREAT, 0600);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (::flock(file->get(), LOCK_EX) != 0) return tl::unexpected(errno_error(path));

  std::array<char, 32> text{};
  const ssize_t size = ::pread(file->get(), text.data(), text.size(), 0);
  const std::string_view digits(text.data(), size < 0 ? 0 : static_cast<size_t>(size));
  const uint64_t number = to_number<uint64_t>(trim(digits)).value_or(0) + 1;
  const std::string line = std::to_string(number) + "\n";
  if (::pwrite(file->get(), line.data(), line.size(), 0) != static_cast<ssize_t>(line.size())) {
    return tl::unexpected(errno_error(path));
  }
  return number;
}

}  // namespace skyrun
