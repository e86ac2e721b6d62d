// SPDX-License-Identifier: Apache-2.0
#include "core/exit_status.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>

namespace skyrun {
namespace {

/// The C library describes neither the signals that it keeps for itself nor those without a name.
std::string describe_signal(int signo) {
  const char* known = signo > 0 ? ::sigdescr_np(signo) : nullptr;
  if (known != nullptr) return known;
  if (signo >= SIGRTMIN && signo <= SIGRTMAX)
    return fmt::format("Real-time signal {}", signo - SIGRTMIN);
  return "a signal without a name";
}

}  // namespace

ExitStatus ExitStatus::from_wait(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {.signal = WTERMSIG(wait_status)};
  return {.code = WEXITSTATUS(wait_status)};
}

std::string to_text(const ExitStatus& status) {
  if (status.signal == 0) return fmt::format("exit code {}", status.code);
  return fmt::format("signal {} ({})", status.signal, describe_signal(status.signal));
}

}  // namespace skyrun
