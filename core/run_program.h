// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/exit_status.h"
#include "core/result.h"
#include "core/subprocess.h"

namespace skyrun {

/// How a program ended, and what it said.
struct ProgramEnd {
  ExitStatus status;
  std::string out;
  std::string err;
};

/// Runs a program to its end and waits for it: for before there is an event loop. The command's
/// descriptors for output are replaced. A signal that is blocked here (SignalHold) ends the program
/// with SIGTERM, and what it started where it has a session of its own; it stays pending. Fails
/// where it cannot be executed.
Result<ProgramEnd> run_program(Command command);

}  // namespace skyrun
