// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/units.h"

#include <algorithm>
#include <map>

namespace skyrun {

Units::Units(const Machine& machine, bool hwthreads) : machine_(machine) {
  for (const auto& domain : machine.at(hwthreads ? Level::hwthread : Level::core)) {
    const CpuSet usable = domain.cpus & machine.allowed;
    if (!usable.empty()) cpus_.push_back(usable);
  }
  for (uint32_t unit = 0; unit < count(); ++unit) all_.push_back(unit);
  for (size_t level = 0; level < kLevels; ++level) add_level(level);
}

void Units::add_level(size_t level) {
  auto& holder = holder_[level];
  holder.assign(count(), kNone);
  // By CPU, so that a machine of many cores and objects costs no product of the two.
  std::vector<uint32_t> unit_of;
  for (const uint32_t unit : all_) {
    for (const uint32_t cpu : cpus_[unit].list()) {
      if (unit_of.size() <= cpu) unit_of.resize(cpu + 1, kNone);
      unit_of[cpu] = unit;
    }
  }
  for (const auto& domain : machine_.levels[level]) {
    List units;
    for (const uint32_t cpu : domain.cpus.list()) {
      const uint32_t unit = cpu < unit_of.size() ? unit_of[cpu] : kNone;
      if (unit != kNone) units.push_back(unit);
    }
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    const auto index = static_cast<uint32_t>(objects_[level].size());
    for (const uint32_t unit : units) holder[unit] = std::min(holder[unit], index);
    // An object without a CPU of ours keeps its number, but nothing is mapped to it.
    objects_[level].push_back(std::move(units));
  }
}

std::vector<Units::List> Units::by_package(const List& units) const {
  std::map<uint32_t, List> packages;
  for (const uint32_t unit : units) packages[object_of(Level::package, unit)].push_back(unit);
  std::vector<List> lists;
  lists.reserve(packages.size());
  for (auto& [package, list] : packages) lists.push_back(std::move(list));
  return lists;
}

std::optional<uint32_t> Units::numa_of(const CpuSet& cpus) const {
  if (cpus.empty()) return std::nullopt;
  for (const auto& domain : machine_.at(Level::numa)) {
    if (domain.has_number() && cpus.is_within(domain.cpus)) return domain.index;
  }
  return std::nullopt;
}

}  // namespace skyrun
