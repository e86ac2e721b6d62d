// SPDX-License-Identifier: Apache-2.0
#include "core/inheritance.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

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
  have_sigchld_delivered();
}

bool is_ignored(int signo) {
  struct sigaction now {};
  return ::sigaction(signo, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace skyrun
