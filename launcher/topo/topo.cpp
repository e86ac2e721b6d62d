// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/topo.h"

#include "core/fd.h"
#include "core/text.h"
#include "launcher/command_line/help.h"
#include "launcher/say.h"
#include "launcher/topo/machine_svg.h"
#include "launcher/topo/machine_text.h"
#include "launcher/topo/picture_file.h"
#include "launcher/topo/place_text.h"
#include "launcher/topo/remote_topo.h"
#include "launcher/topo/topo_options.h"
#include "topology/machine_reader.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

int complain(const Error& error, int code) {
  say_line("skyrun: error: " + printable(error.text()));
  return code;
}

/// As many slots as ranks: how many would fit is not the question.
Result<Placement> placed(const Machine& machine, const TopoOptions& options) {
  const auto map = parse_map_by(options.policy, "--policy");
  if (!map) return tl::unexpected(map.error());
  Request request{.ranks = options.place, .map = *map, .map_option = "--policy"};
  if (!options.binding.empty()) {
    auto binding = parse_bind_to(options.binding);
    if (!binding) return tl::unexpected(std::move(binding.error()));
    request.bind = *binding;
  }
  std::string file_text;
  if (!map->file.empty()) {
    auto text = read_file(map->file);
    if (!text) return tl::unexpected(std::move(text.error()).within("--policy"));
    file_text = std::move(*text);
  }
  return place(
      {{.name = "this node", .machine = &machine, .slots = options.place, .is_local = true}},
      request, file_text);
}

std::string shown(const Machine& machine, const Placement* placement, const std::string& form) {
  if (placement != nullptr) {
    return form == "json" ? place_json(machine, *placement) : place_text(machine, *placement);
  }
  if (form == "wire") return machine_report(machine);
  return form == "json" ? machine_json(machine) : machine_text(machine);
}

int show(const Machine& machine, const Placement* placement, const TopoOptions& options) {
  if (!options.svg.empty()) {
    const auto saved = save_picture(options.svg, machine_svg(machine, placement));
    return saved ? exit_ok : complain(saved.error(), exit_error);
  }
  return print_text(shown(machine, placement, options.output));
}

}  // namespace

int show_topology(int argc, const char* const* argv) {
  const auto options = parse_topo_options({argv + 2, argv + argc});
  if (!options) return complain(options.error(), exit_usage);
  if (options->help) return print_text(topo_help_text());
  if (!options->host.empty()) {
    const auto code = ask_host(*options);
    return code ? *code : complain(code.error(), exit_error);
  }
  const auto machine = options->xml.empty() ? read_own_machine(options->gpus)
                                            : read_machine_file(options->xml, options->gpus);
  if (!machine) return complain(machine.error(), exit_error);
  if (options->place == 0) return show(*machine, nullptr, *options);
  const auto placement = placed(*machine, *options);
  if (!placement) return complain(placement.error(), exit_error);
  return show(*machine, &*placement, *options);
}

}  // namespace skyrun
