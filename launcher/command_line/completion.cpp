// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/completion.h"

#include "core/text.h"
#include "launcher/command_line/completion_parts.h"
#include "launcher/command_line/option_table.h"

namespace skyrun {

std::vector<Option> shown_options() {
  std::vector<Option> out;
  for (const Option& option : option_table()) {
    if (!option.is_hidden()) out.push_back(option);
  }
  return out;
}

std::string blanks_for_commas(std::string_view words) {
  std::string out(words);
  for (char& c : out) c = c == ',' ? ' ' : c;
  return out;
}

std::string escaped(std::string_view text, std::string_view characters) {
  std::string out;
  for (const char c : text) {
    if (characters.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string verb_names() {
  std::vector<std::string> names;
  for (const Verb& verb : verb_table()) names.emplace_back(verb.name);
  return join(names, " ");
}

const char* const kCompletionHelp =
    "usage: skyrun completion bash|zsh|fish\n"
    "\n"
    "What the shell reads to complete skyrun's command line. An installed skyrun has it\n"
    "where the shells look for it; for another one:\n"
    "\n"
    "  bash: source <(skyrun completion bash)                       in ~/.bashrc\n"
    "  zsh:  source <(skyrun completion zsh), after compinit        in ~/.zshrc\n"
    "  fish: skyrun completion fish >~/.config/fish/completions/skyrun.fish\n";

std::optional<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  return std::nullopt;
}

}  // namespace skyrun
