// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_rules.h"

#include <algorithm>

namespace skyrun {
namespace {

bool is_instance(const Gpu& gpu) {
  return gpu.uuid.rfind("MIG-", 0) == 0;
}

/// "ze0" of its part "ze0.1".
std::string whole_name(const std::string& os_device) {
  return os_device.substr(0, os_device.find('.'));
}

}  // namespace

std::optional<GpuUnit> parse_gpu_unit(std::string_view word) {
  if (word == "card") return GpuUnit::card;
  if (word == "device") return GpuUnit::device;
  if (word == "tile") return GpuUnit::tile;
  return std::nullopt;
}

std::vector<Gpu> merge_cards(const std::vector<Gpu>& gpus) {
  std::vector<Gpu> cards;
  cards.reserve(gpus.size());
  for (const Gpu& gpu : gpus) {
    const auto known = std::find_if(cards.begin(), cards.end(), [&gpu](const Gpu& card) {
      return gpu.pci && card.pci == gpu.pci && !is_instance(gpu);
    });
    if (known != cards.end()) {
      known->cpus |= gpu.cpus;
      continue;
    }
    Gpu& card = cards.emplace_back(gpu);
    if (is_instance(gpu)) continue;
    card.partition = 0;
    card.os_device = whole_name(gpu.os_device);
  }
  return cards;
}

}  // namespace skyrun
