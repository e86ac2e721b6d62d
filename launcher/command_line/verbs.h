// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// `skyrun help [COMMAND]`, `skyrun version`, `skyrun completion SHELL`. Arguments are those of
/// main(); what comes back is the exit code.
int print_help(int argc, const char* const* argv);
int print_version(int argc, const char* const* argv);
int print_completion(int argc, const char* const* argv);

}  // namespace skyrun
