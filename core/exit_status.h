// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>

namespace skyrun {

/// How a process ended: with a code, or by a signal.
struct ExitStatus {
  int code = 0;    ///< exit code, 0..255; 0 when a signal ended it
  int signal = 0;  ///< signal number, 0 when it exited by itself

  bool ok() const { return code == 0 && signal == 0; }

  /// As a shell says it: the code, or 128 + signal.
  int shell_code() const { return signal != 0 ? 128 + signal : code; }

  /// From waitpid(2).
  static ExitStatus from_wait(int wait_status);

  friend auto operator<=>(const ExitStatus&, const ExitStatus&) = default;
};

/// "exit code 3", "signal 9 (Killed)".
std::string to_text(const ExitStatus& status);

}  // namespace skyrun
