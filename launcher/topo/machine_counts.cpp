// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "launcher/topo/machine_text.h"

namespace skyrun {

std::string machine_counts(const Machine& machine) {
  std::map<std::string, size_t> counts;
  for (const Gpu& gpu : machine.gpus) ++counts[gpu.name];
  std::string lines;
  for (const auto& [name, count] : counts) lines += name + " " + std::to_string(count) + "\n";
  return lines;
}

}  // namespace skyrun
