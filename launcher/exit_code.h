// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// How skyrun ends. The 100s are SkyPilot's (sky/exceptions.py, JobExitCode).
enum ExitCode : int {
  exit_ok = 0,
  exit_error = 1,        ///< nothing was started: the task or the host list is wrong
  exit_usage = 2,        ///< the command line is wrong
  exit_failed = 100,     ///< FAILED, FAILED_SETUP, FAILED_DRIVER
  exit_cancelled = 103,  ///< CANCELLED
  exit_hangup = 129,     ///< the terminal went away
};

}  // namespace skyrun
