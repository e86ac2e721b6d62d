// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/completion_parts.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/command_line/option_table.h"

namespace skyrun {
namespace {

using Completes = Option::Completes;

std::string fish_value(const Option& option) {
  switch (option.completes) {
    case Completes::file:
      return " -r -F";
    case Completes::directory:
      return " -x -a '(__fish_complete_directories)'";
    case Completes::host:
      return " -x -a '(__fish_complete_list , __fish_print_hostnames)'";
    case Completes::word:
      return " -x -a " + in_quotes(blanks_for_commas(option.words));
    case Completes::nothing:
      break;
  }
  return option.takes_value() ? " -x" : "";
}

std::string fish_lines(const std::vector<Option>& options, const std::string& when) {
  std::string out;
  for (const Option& option : options) {
    const std::string letter = option.letter != 0 ? std::string(" -s ") + option.letter : "";
    out += fmt::format("complete -c skyrun -n '{}'{} -l {}{} -d {}\n", when, letter,
                       option.name.substr(2), fish_value(option),
                       in_quotes(escaped(option.help, "\\")));
  }
  return out;
}

}  // namespace

std::string fish_script() {
  std::string out = "# Completion of skyrun for fish. Made by: skyrun completion fish\n\n";
  out += "complete -c skyrun -f\n";
  for (const Verb& verb : verb_table())
    out += fmt::format("complete -c skyrun -n __fish_is_first_arg -a {} -d {}\n", verb.name,
                       in_quotes(verb.help));
  out += "complete -c skyrun -n 'not __fish_seen_subcommand_from " + verb_names() +
         "' -a '(__fish_complete_suffix .yaml)'\n";
  out += "complete -c skyrun -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'\n";
  out += fish_lines(shown_options(), "not __fish_seen_subcommand_from " + verb_names());
  return out + fish_lines(topo_option_table(), "__fish_seen_subcommand_from topo");
}

}  // namespace skyrun
