// SPDX-License-Identifier: Apache-2.0
#include "core/exit_status.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstring>

namespace skyrun {

ExitStatus ExitStatus::from_wait(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {.signal = WTERMSIG(wait_status)};
  return {.code = WEXITSTATUS(wait_status)};
}

std::string to_text(const ExitStatus& status) {
  if (status.signal == 0) return fmt::format("exit code {}", status.code);
  return fmt::format("signal {} ({})", status.signal, sigdescr_np(status.signal));
}

}  // namespace skyrun
