// SPDX-License-Identifier: Apache-2.0
#include "topology/core_kinds.h"

#include <hwloc/cpukinds.h>

#include <algorithm>
#include <string_view>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr double kAlike = 1.15;

struct Kind {
  CpuSet cpus;
  double capacity = 0;  ///< 0: not known
};

double capacity_of(unsigned count, const hwloc_info_s* infos) {
  double frequency = 0;
  for (unsigned i = 0; i < count; ++i) {
    const double value = to_number<uint32_t>(infos[i].value).value_or(0);
    const std::string_view name = infos[i].name;
    if (name == "LinuxCapacity") return value;
    if (name == "FrequencyBaseMHz" || (name == "FrequencyMaxMHz" && frequency == 0)) {
      frequency = value;
    }
  }
  return frequency;
}

std::vector<Kind> read_kinds(hwloc_topology_t topology) {
  std::vector<Kind> kinds;
  const int count = hwloc_cpukinds_get_nr(topology, 0);
  hwloc_bitmap_t set = hwloc_bitmap_alloc();
  for (int i = 0; i < count; ++i) {
    int efficiency = -1;
    unsigned info_count = 0;
    hwloc_info_s* infos = nullptr;
    if (hwloc_cpukinds_get_info(topology, static_cast<unsigned>(i), set, &efficiency, &info_count,
                                &infos, 0) != 0) {
      continue;
    }
    if (efficiency < 0) continue;  // their order is not known
    kinds.push_back({to_cpu_set(set), capacity_of(info_count, infos)});
  }
  hwloc_bitmap_free(set);
  return kinds;
}

}  // namespace

std::vector<uint32_t> merge_kinds(const std::vector<double>& capacities) {
  std::vector<uint32_t> numbers;
  uint32_t number = 0;
  double first = 0;
  for (const double capacity : capacities) {
    const bool known = capacity > 0 && first > 0;
    const bool alike = known && std::max(capacity, first) < kAlike * std::min(capacity, first);
    if (!numbers.empty() && !alike) ++number;
    if (numbers.empty() || !alike) first = capacity;
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<uint32_t> read_core_kinds(hwloc_topology_t topology, const std::vector<Domain>& cores) {
  const auto kinds = read_kinds(topology);
  std::vector<double> capacities;
  capacities.reserve(kinds.size());
  for (const Kind& kind : kinds) capacities.push_back(kind.capacity);
  const auto numbers = merge_kinds(capacities);
  if (numbers.empty() || numbers.back() == 0) return {};
  std::vector<uint32_t> of_cores;
  for (const Domain& core : cores) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&core](const Kind& candidate) {
      return candidate.cpus.intersects(core.cpus);
    });
    of_cores.push_back(kind == kinds.end() ? 0
                                           : numbers[static_cast<size_t>(kind - kinds.begin())]);
  }
  return of_cores;
}

}  // namespace skyrun
