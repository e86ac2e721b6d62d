// SPDX-License-Identifier: Apache-2.0
#include "core/inheritance.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <unistd.h>

#include <csignal>
#include <limits>
#include <memory>
#include <string_view>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr int kError = 1;

/// The lowest closed descriptor is the one that open() gives.
void open_standard_streams() {
  for (int fd = -1; fd <= STDERR_FILENO;) {
    fd = ::open("/dev/null", O_RDWR);
    if (fd < 0) {
      constexpr std::string_view kWords = "skyrun: error: /dev/null: cannot be opened\n";
      [[maybe_unused]] const auto said = ::write(STDERR_FILENO, kWords.data(), kWords.size());
      ::_exit(kError);
    }
    if (fd > STDERR_FILENO) ::close(fd);
  }
}

void keep_descriptors_from_others() {
  constexpr int kFirst = STDERR_FILENO + 1;
  if (::close_range(kFirst, std::numeric_limits<int>::max(), CLOSE_RANGE_CLOEXEC) == 0) return;
  // Linux before 5.11.
  const std::unique_ptr<DIR, int (*)(DIR*)> all(::opendir("/proc/self/fd"), ::closedir);
  while (const dirent* each = all ? ::readdir(all.get()) : nullptr) {
    const auto fd = to_number<int>(std::string_view(each->d_name));
    if (fd && *fd >= kFirst) ::fcntl(*fd, F_SETFD, FD_CLOEXEC);
  }
}

void have_sigchld_delivered() {
  std::signal(SIGCHLD, SIG_DFL);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  ::pthread_sigmask(SIG_UNBLOCK, &child, nullptr);
}

}  // namespace

void settle_inheritance() {
  open_standard_streams();
  keep_descriptors_from_others();
  have_sigchld_delivered();
}

bool is_ignored(int signo) {
  struct sigaction now {};
  return ::sigaction(signo, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace skyrun
