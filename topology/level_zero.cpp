// SPDX-License-Identifier: Apache-2.0
#include "topology/level_zero.h"

#include <algorithm>

#include "core/text.h"

namespace skyrun {
namespace {

/// "N" or "N.K".
struct Entry {
  uint32_t device = 0;
  std::optional<uint32_t> part;
};

std::optional<Entry> to_entry(std::string_view text) {
  const auto pieces = split(trim(text), '.');
  const auto device = to_number<uint32_t>(pieces[0]);
  if (!device || pieces.size() > 2) return std::nullopt;
  if (pieces.size() == 1) return Entry{*device, std::nullopt};
  const auto part = to_number<uint32_t>(pieces[1]);
  return part ? std::optional(Entry{*device, part}) : std::nullopt;
}

bool is_part(const Gpu& gpu) {
  return gpu.os_device.find('.') != std::string::npos;
}

/// Several devices on one card, and none of them a part: the driver shows tiles.
bool shows_tiles(const std::vector<Gpu>& gpus) {
  return std::any_of(gpus.begin(), gpus.end(),
                     [](const Gpu& gpu) { return gpu.partition > 0 && !is_part(gpu); });
}

bool is_composite(const std::vector<Gpu>& gpus, const Environment& environment) {
  if (const auto asked = ze_hierarchy(environment)) return *asked == ZeHierarchy::composite;
  return !shows_tiles(gpus);
}

/// The number of each GPU's card.
std::vector<uint32_t> cards_of(const std::vector<Gpu>& gpus) {
  std::vector<uint32_t> cards(gpus.size());
  for (size_t i = 1; i < gpus.size(); ++i) {
    const bool same = gpus[i].pci && gpus[i].pci == gpus[i - 1].pci;
    cards[i] = cards[i - 1] + (same ? 0 : 1);
  }
  return cards;
}

bool names(const Entry& entry, const Gpu& gpu, uint32_t card) {
  return entry.device == card && (!entry.part || !is_part(gpu) || *entry.part == gpu.partition);
}

}  // namespace

std::optional<ZeHierarchy> ze_hierarchy(const Environment& environment) {
  const auto word = environment("ZE_FLAT_DEVICE_HIERARCHY");
  if (word == "COMPOSITE") return ZeHierarchy::composite;
  if (word == "FLAT") return ZeHierarchy::flat;
  if (word == "COMBINED") return ZeHierarchy::combined;
  return std::nullopt;
}

std::vector<Gpu> ze_visible(const std::vector<Gpu>& gpus, const Environment& environment) {
  const auto mask = environment("ZE_AFFINITY_MASK");
  if (!mask || trim(*mask).empty()) return gpus;
  const bool composite = is_composite(gpus, environment);
  const auto cards = cards_of(gpus);
  std::vector<bool> wanted(gpus.size());
  for (const std::string_view text : split(*mask, ',')) {
    const auto entry = to_entry(text);
    if (!entry || (entry->part && !composite)) continue;
    for (uint32_t i = 0; i < gpus.size(); ++i) {
      if (composite ? names(*entry, gpus[i], cards[i]) : entry->device == i) wanted[i] = true;
    }
  }
  std::vector<Gpu> seen;
  seen.reserve(gpus.size());
  for (size_t i = 0; i < gpus.size(); ++i) {
    if (wanted[i]) seen.push_back(gpus[i]);
  }
  return seen;
}

}  // namespace skyrun
