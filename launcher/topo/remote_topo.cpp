// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/remote_topo.h"

#include <unistd.h>

#include <cstdio>

#include "bringup/launch_command.h"
#include "core/installation.h"
#include "core/run_program.h"
#include "core/text.h"
#include "launcher/topo/picture_file.h"

namespace skyrun {
namespace {

/// The options that these rules come from.
std::string gpu_words(const GpuRules& rules) {
  std::string words;
  if (rules.unit == GpuUnit::card) words += " --gpu-unit=card";
  if (rules.unit == GpuUnit::tile) words += " --gpu-unit=tile";
  if (rules.include_integrated) words += " --gpu-include-integrated";
  return words;
}

std::string remote_words(const TopoOptions& options, const std::string& program) {
  std::string words = "exec " + shell_quote(program) + " topo --output=" + options.output;
  if (options.place > 0) words += " --place " + std::to_string(options.place);
  words += " --policy " + shell_quote(options.policy);
  if (!options.binding.empty()) words += " --bind-to " + shell_quote(options.binding);
  if (!options.svg.empty()) words += " --svg -";
  return words + gpu_words(options.gpus);
}

/// The picture comes through us, so that no half of it is kept.
Result<int> fetch_picture(std::vector<std::string> command, const std::string& path) {
  const auto end = run_program({.argv = std::move(command)});
  if (!end) return tl::unexpected(end.error());
  std::fputs(printable_lines(end->err).c_str(), stderr);
  if (!end->status.ok()) return end->status.shell_code();
  if (auto saved = save_picture(path, end->out); !saved) {
    return tl::unexpected(std::move(saved.error()));
  }
  return 0;
}

Error become(std::vector<std::string> command) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  return errno_error(command[0]);
}

}  // namespace

Result<int> ask_host(const TopoOptions& options) {
  const auto self = own_program();
  if (!self) return tl::unexpected(self.error());
  NodeSpec node;
  node.host = options.host;
  if (const size_t at = node.host.find('@'); at != std::string::npos) {
    node.user = node.host.substr(0, at);
    node.host.erase(0, at + 1);
  }
  auto command = launch_command(node, LaunchOptions{}, SshConfig::load({"ssh"}));
  command.back() = remote_words(options, *self);
  if (!options.svg.empty()) return fetch_picture(std::move(command), options.svg);
  return tl::unexpected(become(std::move(command)));
}

}  // namespace skyrun
