// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "launcher/command_line/option.h"

namespace skyrun {

/// Every option of skyrun, in the order in which --help shows them.
///
/// A new option is a row there, a line in launcher/command_line.cpp that says where its value goes,
/// and a paragraph in docs/man/skyrun.1.scd. Help, completions and suggestions follow by
/// themselves.
const std::vector<Option>& option_table();

/// The options of `skyrun topo`, which has a command line of its own.
const std::vector<Option>& topo_option_table();

const std::vector<Verb>& verb_table();

/// The option of that long name ("--name") or letter; null: there is none.
const Option* find_option(std::string_view name);
const Option* find_option(char letter);

/// "The task", as a heading.
std::string_view title_of(Option::Group group);

}  // namespace skyrun
