// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/help.h"

#include <vector>

#include "core/text.h"
#include "launcher/command_line/option_table.h"

namespace skyrun {
namespace {

constexpr size_t kWidth = 80;
constexpr size_t kTextColumn = 28;

/// What a line has on its left, and its text in lines of its own column.
std::string row(const std::string& left, std::string_view text) {
  std::string out = "  " + left;
  if (out.size() + 2 > kTextColumn) out += '\n';
  size_t column = out.back() == '\n' ? 0 : out.size();
  for (const auto word : split_words(text)) {
    if (column > kTextColumn && column + 1 + word.size() > kWidth) {
      out += '\n';
      column = 0;
    }
    const size_t blanks = column < kTextColumn ? kTextColumn - column : 1;
    out.append(blanks, ' ').append(word);
    column += blanks + word.size();
  }
  return out + "\n";
}

std::string rows(const std::vector<Option>& options, Option::Group group) {
  std::string out;
  for (const Option& option : options) {
    if (option.group == group) out += row(option.shown(), option.help);
  }
  return out;
}

constexpr const char* kUsage =
    "usage: skyrun [OPTIONS] TASK.yaml [OPTIONS]\n"
    "       skyrun [OPTIONS] [--] PROGRAM [ARGUMENT...]\n"
    "       skyrun [OPTIONS] -- 'COMMAND FOR BASH'\n"
    "       skyrun -n N [OPTIONS] [--] PROGRAM [ARGUMENT...]\n"
    "       skyrun topo | completion | help | version\n"
    "\n"
    "Run a SkyPilot task, a command, or N ranks of a program, on many machines over\n"
    "ssh. TASK.yaml may be -, standard input.\n";

constexpr const char* kExamples =
    "\n"
    "Examples:\n"
    "  skyrun --local 2 -- hostname\n"
    "  skyrun --host alpha,beta,gamma --num-nodes 3 train.yaml\n"
    "  skyrun -n 8 --host alpha:4,beta:4 --bind-to core ./program\n"
    "  skyrun topo --place 8\n"
    "\n"
    "The manual: man skyrun\n";

constexpr const char* kTopoUsage =
    "usage: skyrun topo [--host HOST | --xml FILE] [--output=text|json]\n"
    "                   [--place N [--policy POLICY]] [--svg FILE]\n"
    "                   [--gpu-unit=card|device|tile] [--gpu-include-integrated]\n"
    "\n"
    "What a node consists of: packages, NUMA nodes, cores, GPUs, network adapters.\n"
    "\n";

}  // namespace

std::string help_text() {
  std::string out = kUsage;
  out += "\nCommands in place of a task:\n";
  for (const Verb& verb : verb_table()) out += row(std::string(verb.name), verb.help);
  using enum Option::Group;
  for (const auto group : {task, nodes, ranks, seats, start, end, general}) {
    out.append("\n").append(title_of(group)).append(":\n") += rows(option_table(), group);
  }
  return out + kExamples;
}

std::string topo_help_text() {
  return kTopoUsage + rows(topo_option_table(), Option::Group::general);
}

}  // namespace skyrun
