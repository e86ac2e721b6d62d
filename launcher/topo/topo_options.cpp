// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/topo_options.h"

namespace skyrun {
namespace {

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

}  // namespace

const char* const kTopoHelp =
    "usage: skyrun topo [--host HOST | --xml FILE] [--output=text|json|counts]\n"
    "\n"
    "What a node consists of: packages, NUMA nodes, cores, GPUs, network adapters.\n"
    "\n"
    "  --host HOST        of this host, asked by ssh\n"
    "  --xml FILE         of the machine that this file of hwloc describes\n"
    "  --output FORMAT    text, a tree (the default); json; or counts, a line NAME COUNT\n"
    "                     for each kind of GPU\n";

Result<TopoOptions> parse_topo_options(const std::vector<std::string>& arguments) {
  TopoOptions options;
  for (size_t at = 0; at < arguments.size(); ++at) {
    options.help = options.help || arguments[at] == "--help" || arguments[at] == "-h";
    if (options.help) continue;
    bool known = false;
    for (const auto& [name, value] : {std::pair{"--xml", &options.xml},
                                      {"--host", &options.host},
                                      {"--output", &options.output}}) {
      const auto taken = take(arguments, at, name, *value);
      if (!taken) return tl::unexpected(taken.error());
      known = *taken;
      if (known) break;
    }
    if (!known) return failure("topo: unknown argument '" + arguments[at] + "'");
  }
  if (!options.xml.empty() && !options.host.empty())
    return failure("topo: --host or --xml, not both");
  if (!options.host.empty() && options.host.front() == '-') return failure("--host: not a host");
  if (options.output != "text" && options.output != "json" && options.output != "counts")
    return failure("--output: text, json or counts");
  return options;
}

}  // namespace skyrun
