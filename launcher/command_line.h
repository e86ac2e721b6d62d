// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "launcher/options.h"

namespace skyrun {

/// What parsing the command line came to: options to act on, or an exit code after help, the
/// version or a usage error has been printed.
using CommandLine = std::variant<Options, int>;

CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace skyrun
