// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

#include "core/inheritance.h"
#include "launcher/clean/clean.h"
#include "launcher/command_line.h"
#include "launcher/command_line/verbs.h"
#include "launcher/hide_secrets.h"
#include "launcher/run_task.h"
#include "launcher/topo/topo.h"

namespace {

struct Command {
  std::string_view name;
  int (*run)(int argc, const char* const* argv);  ///< the same that main() has
};

/// What stands first in place of a task; --help and the completions know them from verb_table().
constexpr Command kCommands[] = {
    {"topo", skyrun::show_topology},          {"clean", skyrun::clean},
    {"completion", skyrun::print_completion}, {"help", skyrun::print_help},
    {"version", skyrun::print_version},
};

}  // namespace

int main(int argc, char** argv) {
  skyrun::settle_inheritance();
  const std::string_view first = argc > 1 ? argv[1] : "";
  const auto command = std::find_if(std::begin(kCommands), std::end(kCommands),
                                    [first](const Command& each) { return each.name == first; });
  if (command != std::end(kCommands)) return command->run(argc, argv);
  const auto command_line = skyrun::parse_command_line(argc, argv);
  skyrun::hide_secrets(argc, argv);
  if (const int* code = std::get_if<int>(&command_line)) return *code;
  return skyrun::run_task(std::get<skyrun::Options>(command_line));
}
