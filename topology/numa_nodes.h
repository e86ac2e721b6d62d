// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "topology/hwloc_topology.h"
#include "topology/machine.h"

namespace skyrun {

/// The NUMA nodes that are places for ranks, with all their CPUs, in hwloc's order. Memory beside
/// that of the nodes (HBM, CXL, of GPUs) is none. CPUs without memory of their own, of which hwloc
/// tells no node, are one all the same, without a number: the largest objects that have none.
std::vector<Domain> read_numa_nodes(hwloc_topology_t topology);

/// The only one of `nodes` with CPUs of this set, if it has a number.
std::optional<uint32_t> only_numa_node(const std::vector<Domain>& nodes, const CpuSet& cpus);

}  // namespace skyrun
