// SPDX-License-Identifier: Apache-2.0
//
// What a command says where it has no console (launcher/job/console.h).
#pragma once

#include <string_view>

#include "launcher/exit_code.h"

namespace skyrun {

/// Says a line on standard error. Where that cannot be written nobody is left to be told.
void say_line(std::string_view line);

/// Prints what the command was run for on standard output. Where it cannot be written that is said.
ExitCode print_text(std::string_view text);

}  // namespace skyrun
