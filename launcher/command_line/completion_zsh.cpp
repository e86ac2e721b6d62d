// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/completion_parts.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/command_line/option_table.h"

namespace skyrun {
namespace {

using Completes = Option::Completes;

std::string zsh_action(const Option& option) {
  switch (option.completes) {
    case Completes::file:
      return "_files";
    case Completes::directory:
      return "_files -/";
    case Completes::host:
      return "_sequence _hosts";
    case Completes::word:
      return "(" + blanks_for_commas(option.words) + ")";
    case Completes::nothing:
      break;
  }
  return " ";
}

std::string zsh_specs(const std::vector<Option>& options) {
  std::string out;
  for (const Option& option : options) {
    std::string spec = "[" + escaped(option.help, "[]\\") + "]";
    if (option.takes_value()) spec += ":" + escaped(option.value, ":\\") + ":" + zsh_action(option);
    const std::string star = option.repeats ? "*" : "";
    const std::string equals = option.takes_value() ? "=" : "";
    out += "    " + in_quotes(fmt::format("{}{}{}{}", star, option.name, equals, spec)) + "\n";
    if (option.letter == 0) continue;
    const std::string plus = option.takes_value() ? "+" : "";
    out += "    " + in_quotes(fmt::format("{}-{}{}{}", star, option.letter, plus, spec)) + "\n";
  }
  return out;
}

std::string zsh_verbs() {
  std::string out;
  for (const Verb& verb : verb_table())
    out += "    " + in_quotes(fmt::format("{}:{}", verb.name, escaped(verb.help, ":\\"))) + "\n";
  return out;
}

}  // namespace

std::string zsh_script() {
  return "#compdef skyrun\n# Completion of skyrun for zsh. Made by: skyrun completion zsh\n\n"
         "_skyrun_first() {\n  local -a verbs=(\n" +
         zsh_verbs() +
         "  )\n"
         "  if (( ${words[(I)--]} )); then _command_names; return; fi\n"
         "  (( CURRENT == 2 )) && _describe command verbs\n"
         "  _files -g '*.(yaml|yml)'\n}\n\n"
         "_skyrun() {\n  local -a options=(\n" +
         zsh_specs(shown_options()) + "  )\n  local -a topo_options=(\n" +
         zsh_specs(topo_option_table()) +
         "  )\n"
         "  case $words[2] in\n"
         "    topo) (( CURRENT > 2 )) && { shift words; (( --CURRENT )); _arguments $topo_options; "
         "return } ;;\n"
         "    completion) (( CURRENT > 2 )) && { _values shell bash zsh fish; return } ;;\n"
         "    help) (( CURRENT > 2 )) && { _values command " +
         verb_names() +
         "; return } ;;\n"
         "  esac\n"
         "  _arguments -S $options '1:task:_skyrun_first' '*::program:_normal'\n}\n\n"
         "# Found by its name it is called at once, and else told to the shell.\n"
         "if [[ $funcstack[1] == _skyrun ]]; then _skyrun \"$@\"; else compdef _skyrun skyrun; "
         "fi\n";
}

}  // namespace skyrun
