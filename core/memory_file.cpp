// SPDX-License-Identifier: Apache-2.0
#include "core/memory_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace skyrun {
namespace {

/// Linux 6.3; where vm.memfd_noexec is 2, what could be executed is refused.
constexpr unsigned kNeverExecuted = 8U;

int create(const char* name) {
  const int fd = ::memfd_create(name, MFD_CLOEXEC | kNeverExecuted);
  return fd >= 0 ? fd : ::memfd_create(name, MFD_CLOEXEC);
}

}  // namespace

Result<Fd> make_memory_file(const std::string& name) {
  Fd fd(create(name.c_str()));
  if (!fd || ::fchmod(fd.get(), 0600) != 0) return tl::unexpected(errno_error(name));
  return fd;
}

std::string path_for_others(const Fd& fd) {
  return fmt::format("/proc/{}/fd/{}", ::getpid(), fd.get());
}

std::string path_for_heirs(const Fd& fd) {
  return fmt::format("/proc/self/fd/{}", fd.get());
}

}  // namespace skyrun
