// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skyrun {

/// What bash, zsh or fish reads to complete the command line of skyrun: its options, words, hosts,
/// files and task files, and what the program's own completion says behind a program. Made of the
/// tables of options and verbs. Nothing for another shell.
std::optional<std::string> completion_script(std::string_view shell);

extern const char* const kCompletionHelp;

}  // namespace skyrun
