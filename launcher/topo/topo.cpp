// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/topo.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "core/text.h"
#include "fabric/launch_command.h"
#include "launcher/exit_code.h"
#include "launcher/topo/machine_text.h"
#include "launcher/topo/place_text.h"
#include "launcher/topo/topo_options.h"
#include "topology/machine_reader.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

int complain(const Error& error, int code) {
  std::fprintf(stderr, "skyrun: error: %s\n", printable(error.text()).c_str());
  return code;
}

/// The options that these rules come from.
std::string gpu_words(const GpuRules& rules) {
  std::string words;
  if (rules.unit == GpuUnit::card) words += " --gpu-unit=card";
  if (rules.unit == GpuUnit::tile) words += " --gpu-unit=tile";
  if (rules.include_integrated) words += " --gpu-include-integrated";
  return words;
}

/// Becomes the ssh that runs this very program, which is at the same path there.
int ask_host(const TopoOptions& options) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return complain(Error("topo: own path: " + error.message()), exit_error);
  NodeSpec node;
  node.host = options.host;
  if (const size_t at = node.host.find('@'); at != std::string::npos) {
    node.user = node.host.substr(0, at);
    node.host.erase(0, at + 1);
  }
  auto command = launch_command(node, LaunchOptions{});
  command.back() = "exec " + shell_quote(self.string()) + " topo --output=" + options.output;
  if (options.place > 0) command.back() += " --place " + std::to_string(options.place);
  if (!options.policy.empty()) command.back() += " --policy " + shell_quote(options.policy);
  command.back() += gpu_words(options.gpus);
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  return complain(errno_error(command[0]), exit_error);
}

/// As many slots as ranks: how many would fit is not the question.
int show_placement(const Machine& machine, const TopoOptions& options) {
  const auto map = parse_map_by(options.policy.empty() ? "strict" : options.policy);
  if (!map) return complain(map.error(), exit_usage);
  const auto placement =
      place({{.name = "this node", .machine = &machine, .slots = options.place, .is_local = true}},
            {.ranks = options.place, .map = *map});
  if (!placement) return complain(placement.error(), exit_error);
  std::fputs(
      (options.output == "json" ? place_json(*placement) : place_text(machine, *placement)).c_str(),
      stdout);
  return exit_ok;
}

}  // namespace

int show_topology(int argc, const char* const* argv) {
  const auto options = parse_topo_options({argv + 2, argv + argc});
  if (!options) return complain(options.error(), exit_usage);
  if (options->help) {
    std::fputs(kTopoHelp, stdout);
    return exit_ok;
  }
  if (!options->host.empty()) return ask_host(*options);
  const auto machine = options->xml.empty() ? read_own_machine(options->gpus)
                                            : read_machine_file(options->xml, options->gpus);
  if (!machine) return complain(machine.error(), exit_error);
  if (options->place > 0) return show_placement(*machine, *options);
  const auto show = options->output == "json"     ? machine_json
                    : options->output == "counts" ? machine_counts
                                                  : machine_text;
  std::fputs(show(*machine).c_str(), stdout);
  return exit_ok;
}

}  // namespace skyrun
