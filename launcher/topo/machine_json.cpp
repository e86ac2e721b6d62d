// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "core/text.h"
#include "launcher/topo/machine_text.h"
#include "topology/pci_device.h"

namespace skyrun {
namespace {

std::string pci_or_null(const std::optional<PciAddress>& pci) {
  return pci ? json_quote(text(*pci)) : "null";
}

std::string number_or_null(const std::optional<uint32_t>& number) {
  return number ? std::to_string(*number) : "null";
}

std::string list(const std::vector<std::string>& items) {
  return "[" + join(items, ", ") + "]";
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::vector<std::string> items;
  items.reserve(words.size());
  for (const auto& word : words) items.push_back(json_quote(word));
  return list(items);
}

std::string gpu_json(const Gpu& gpu) {
  return fmt::format(
      R"({{"index": {}, "pci": {}, "partition": {}, "vendor": "{:04x}", "device": "{:04x}", )"
      R"("model": {}, "name": {}, "numa": {}, "cpus": {}, "uuid": {}, "nics": {}, "nic_path": {}}})",
      gpu.index, pci_or_null(gpu.pci), gpu.partition, gpu.vendor, gpu.device, json_quote(gpu.model),
      json_quote(gpu.name), number_or_null(gpu.numa), json_quote(gpu.cpus.text()),
      gpu.uuid.empty() ? "null" : json_quote(gpu.uuid), quoted_list(gpu.nics),
      gpu.nics.empty() ? "null" : json_quote(path_word(gpu.nic_path)));
}

std::string gpus_json(const Machine& machine) {
  std::vector<std::string> items;
  for (const Gpu& gpu : machine.gpus) items.push_back(gpu_json(gpu));
  return list(items);
}

std::string accelerators_json(const Machine& machine) {
  std::map<std::string, size_t> counts;
  for (const Gpu& gpu : machine.gpus) ++counts[gpu.name];
  std::vector<std::string> items;
  items.reserve(counts.size());
  for (const auto& [name, count] : counts) {
    items.push_back(json_quote(name) + ": " + std::to_string(count));
  }
  return "{" + join(items, ", ") + "}";
}

std::string excluded_json(const Machine& machine) {
  std::vector<std::string> items;
  for (const ExcludedDevice& device : machine.excluded) {
    items.push_back(fmt::format(R"({{"pci": {}, "why": {}}})", json_quote(text(device.pci)),
                                json_quote(device.why)));
  }
  return list(items);
}

std::string nics_json(const Machine& machine) {
  std::vector<std::string> items;
  for (const Nic& nic : machine.nics) {
    items.push_back(fmt::format(R"({{"name": {}, "pci": {}, "numa": {}}})", json_quote(nic.name),
                                pci_or_null(nic.pci), number_or_null(nic.numa)));
  }
  return list(items);
}

}  // namespace

std::string machine_json(const Machine& machine) {
  return fmt::format(
      R"({{"packages": {}, "numa": {}, "cores": {}, "pus": {}, "cpus": {}, "accelerators": {}, )"
      R"("gpus": {}, "excluded": {}, "nics": {}, "notices": {}}})"
      "\n",
      machine.at(Level::package).size(), machine.at(Level::numa).size(),
      machine.at(Level::core).size(), machine.at(Level::hwthread).size(),
      json_quote(machine.allowed.text()), accelerators_json(machine), gpus_json(machine),
      excluded_json(machine), nics_json(machine), quoted_list(machine.notices));
}

}  // namespace skyrun
