// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/command_line/completion.h"
#include "launcher/command_line/help.h"
#include "launcher/command_line/option_table.h"
#include "launcher/exit_code.h"
#include "launcher/say.h"

namespace skyrun {
namespace {

int usage_error(const std::string& why) {
  say_line("skyrun: error: " + printable(why));
  return exit_usage;
}

std::vector<std::string> verbs() {
  std::vector<std::string> names;
  for (const Verb& verb : verb_table()) names.emplace_back(verb.name);
  return names;
}

/// The only argument, where one is allowed; empty: there is none.
struct Argument {
  std::string_view text;
  bool too_many = false;
};

Argument argument_of(int argc, const char* const* argv) {
  return {argc > 2 ? argv[2] : "", argc > 3};
}

}  // namespace

int print_help(int argc, const char* const* argv) {
  const auto [about, too_many] = argument_of(argc, argv);
  if (too_many) return usage_error("help: takes one command");
  if (about == "topo") return print_text(topo_help_text());
  const auto known = verbs();
  if (about.empty() || std::find(known.begin(), known.end(), about) != known.end())
    return print_text(help_text());
  return usage_error(
      fmt::format("help: no command is called '{}'{}", about, did_you_mean(about, known)));
}

int print_version(int argc, const char* const* /*argv*/) {
  if (argc > 2) return usage_error("version: takes no argument");
  return print_text("skyrun " SKYRUN_VERSION "\n");
}

int print_completion(int argc, const char* const* argv) {
  const auto [shell, too_many] = argument_of(argc, argv);
  if (shell == "--help" || shell == "-h") return print_text(kCompletionHelp);
  const auto script = completion_script(shell);
  if (script && !too_many) return print_text(*script);
  return usage_error(fmt::format("completion: bash, zsh or fish{}{}",
                                 shell.empty() ? "" : fmt::format(", not '{}'", shell),
                                 did_you_mean(shell, {"bash", "zsh", "fish"})));
}

}  // namespace skyrun
