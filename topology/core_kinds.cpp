// SPDX-License-Identifier: Apache-2.0
#include "topology/core_kinds.h"

#include <hwloc/cpukinds.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

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

/// The kind with this number; nothing where its order among the others is not known.
std::optional<Kind> read_kind(hwloc_topology_t topology, unsigned number, hwloc_bitmap_t set) {
  int efficiency = -1;
#if HWLOC_API_VERSION >= 0x00030000
  hwloc_infos_s* found = nullptr;
  const int error = hwloc_cpukinds_get_info(topology, number, set, &efficiency, &found, 0);
  const unsigned count = found != nullptr ? found->count : 0;
  const hwloc_info_s* infos = found != nullptr ? found->array : nullptr;
#else
  unsigned count = 0;
  hwloc_info_s* infos = nullptr;
  const int error = hwloc_cpukinds_get_info(topology, number, set, &efficiency, &count, &infos, 0);
#endif
  if (error != 0 || efficiency < 0) return std::nullopt;
  return Kind{to_cpu_set(set), capacity_of(count, infos)};
}

std::vector<Kind> read_kinds(hwloc_topology_t topology) {
  std::vector<Kind> kinds;
  const int count = hwloc_cpukinds_get_nr(topology, 0);
  hwloc_bitmap_t set = hwloc_bitmap_alloc();
  for (int i = 0; i < count; ++i) {
    auto kind = read_kind(topology, static_cast<unsigned>(i), set);
    if (kind) kinds.push_back(std::move(*kind));
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
