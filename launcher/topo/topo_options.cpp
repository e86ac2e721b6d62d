// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/topo_options.h"

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/command_line/option_table.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

constexpr uint32_t kMostRanks = 1000000;
constexpr const char* kIntegrated = "--gpu-include-integrated";

/// "--name=value" or "--name value"; moves `at` over what it takes. Null: not this option.
Result<bool> take(const std::vector<std::string>& arguments, size_t& at, const std::string& name,
                  std::string& value) {
  const std::string& word = arguments[at];
  if (word.rfind(name + "=", 0) == 0) {
    value = word.substr(name.size() + 1);
  } else if (word != name) {
    return false;
  } else if (at + 1 < arguments.size()) {
    value = arguments[++at];
  }
  if (value.empty()) return failure(name + ": needs a value");
  return true;
}

Result<void> take_one_of(const std::vector<std::string>& arguments, size_t& at,
                         const std::vector<std::pair<std::string, std::string*>>& known) {
  for (const auto& [name, value] : known) {
    const auto taken = take(arguments, at, name, *value);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken) return {};
  }
  std::vector<std::string> names;
  for (const Option& option : topo_option_table()) names.emplace_back(option.name);
  return failure("topo: unknown argument '" + arguments[at] + "'" +
                 did_you_mean(arguments[at].substr(0, arguments[at].find('=')), names));
}

Result<void> check(const TopoOptions& options) {
  if (!options.xml.empty() && !options.host.empty())
    return failure("topo: --host or --xml, not both");
  if (!options.host.empty() && options.host.front() == '-') return failure("--host: not a host");
  if (options.output != "text" && options.output != "json" && options.output != "wire")
    return failure("--output: text or json");
  return {};
}

}  // namespace

Result<TopoOptions> parse_topo_options(const std::vector<std::string>& arguments) {
  TopoOptions options;
  std::string ranks;
  std::string unit = "device";
  const std::vector<std::pair<std::string, std::string*>> known{
      {"--xml", &options.xml}, {"--host", &options.host},      {"--output", &options.output},
      {"--place", &ranks},     {"--policy", &options.policy},  {"--gpu-unit", &unit},
      {"--svg", &options.svg}, {"--bind-to", &options.binding}};
  for (size_t at = 0; at < arguments.size(); ++at) {
    options.help = options.help || arguments[at] == "--help" || arguments[at] == "-h";
    if (options.help) return options;
    if (arguments[at] == kIntegrated) {
      options.gpus.include_integrated = true;
      continue;
    }
    const auto taken = take_one_of(arguments, at, known);
    if (!taken) return tl::unexpected(taken.error());
  }
  if (!ranks.empty()) options.place = to_number<uint32_t>(ranks).value_or(0);
  if (!ranks.empty() && (options.place == 0 || options.place > kMostRanks))
    return failure("--place: a number of ranks from 1 to 1000000");
  const auto parsed = parse_gpu_unit(unit);
  if (!parsed) return failure("--gpu-unit: card, device or tile");
  options.gpus.unit = *parsed;
  if (const auto policy = parse_map_by(options.policy, "--policy"); !policy)
    return tl::unexpected(policy.error());
  if (!options.binding.empty()) {
    if (const auto binding = parse_bind_to(options.binding); !binding)
      return tl::unexpected(binding.error());
  }
  const auto good = check(options);
  if (!good) return tl::unexpected(good.error());
  return options;
}

}  // namespace skyrun
