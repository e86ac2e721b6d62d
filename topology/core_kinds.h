// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "topology/hwloc_topology.h"
#include "topology/machine.h"

namespace skyrun {

/// Machine::core_kinds. Kinds whose capacity differs by less than 15 % are one: firmware reports
/// favoured cores, and some kernels report equal cores as different.
std::vector<uint32_t> read_core_kinds(hwloc_topology_t topology, const std::vector<Domain>& cores);

/// The same number for capacities (any unit, slowest kind first) that are near each other.
std::vector<uint32_t> merge_kinds(const std::vector<double>& capacities);

}  // namespace skyrun
