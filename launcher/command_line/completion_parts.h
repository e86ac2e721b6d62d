// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "launcher/command_line/option.h"

namespace skyrun {

// What completion_script() is made of: a script a shell.
std::string bash_script();
std::string zsh_script();
std::string fish_script();

/// The options that a person is offered.
std::vector<Option> shown_options();

/// "auto tree flat" of "auto,tree,flat".
std::string blanks_for_commas(std::string_view words);

/// With a backslash before each of these characters.
std::string escaped(std::string_view text, std::string_view characters);

/// In single quotes whatever it holds, where shell_quote() leaves some texts bare.
std::string in_quotes(std::string_view text);

/// "topo completion ..."
std::string verb_names();

}  // namespace skyrun
