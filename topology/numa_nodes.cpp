// SPDX-License-Identifier: Apache-2.0
#include "topology/numa_nodes.h"

#include <algorithm>
#include <string_view>

namespace skyrun {
namespace {

bool is_gpu_memory(hwloc_obj_t object) {
  return object->subtype != nullptr && std::string_view(object->subtype) == "GPUMemory";
}

/// Where no node tells its memory, none is without.
bool tells_memory(hwloc_topology_t topology) {
  for (hwloc_obj_t node = nullptr;
       (node = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, node)) != nullptr;) {
    if (node->attr->numanode.local_memory > 0) return true;
  }
  return false;
}

std::vector<Domain> with_memory(hwloc_topology_t topology) {
  const bool told = tells_memory(topology);
  std::vector<Domain> nodes;
  for (hwloc_obj_t node = nullptr;
       (node = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, node)) != nullptr;) {
    CpuSet cpus = to_cpu_set(node->complete_cpuset);
    if (cpus.empty() || is_gpu_memory(node)) continue;
    if (told && node->attr->numanode.local_memory == 0) continue;
    nodes.push_back({node->os_index, std::move(cpus)});
  }
  return nodes;
}

/// Of nodes with the same CPUs the first stays, and one that spans others goes.
void drop_second_memory(std::vector<Domain>& nodes) {
  const std::vector<Domain> all = nodes;
  CpuSet seen;
  std::erase_if(nodes, [&all, &seen](const Domain& node) {
    const bool spans = std::any_of(all.begin(), all.end(), [&node](const Domain& other) {
      return other.cpus != node.cpus && other.cpus.is_within(node.cpus);
    });
    if (spans || node.cpus.intersects(seen)) return true;
    seen |= node.cpus;
    return false;
  });
}

bool is_small(hwloc_obj_t object) {
  return object->type == HWLOC_OBJ_CORE || object->type == HWLOC_OBJ_PU;
}

/// The largest objects at or below this one whose CPUs are all of `lacking`. Single cores beside
/// each other are one place, not many.
void find_lacking(hwloc_obj_t object, const CpuSet& lacking, std::vector<Domain>& found) {
  const CpuSet cpus = to_cpu_set(object->complete_cpuset);
  if (!cpus.intersects(lacking)) return;
  if (cpus.is_within(lacking)) {
    found.push_back({Domain::kNoNumber, cpus});
    return;
  }
  CpuSet small;
  for (hwloc_obj_t child = object->first_child; child != nullptr; child = child->next_sibling) {
    if (is_small(child)) {
      small |= to_cpu_set(child->complete_cpuset) & lacking;
    } else {
      find_lacking(child, lacking, found);
    }
  }
  if (!small.empty()) found.push_back({Domain::kNoNumber, small});
}

}  // namespace

std::vector<Domain> read_numa_nodes(hwloc_topology_t topology) {
  auto nodes = with_memory(topology);
  drop_second_memory(nodes);
  const hwloc_obj_t machine = hwloc_get_root_obj(topology);
  CpuSet lacking = to_cpu_set(machine->complete_cpuset);
  for (const Domain& node : nodes) lacking -= node.cpus;
  std::vector<Domain> without;
  find_lacking(machine, lacking, without);
  for (Domain& each : without) {
    const auto next = std::find_if(nodes.begin(), nodes.end(), [&each](const Domain& node) {
      return node.cpus.first() > each.cpus.first();
    });
    nodes.insert(next, std::move(each));
  }
  return nodes;
}

std::optional<uint32_t> only_numa_node(const std::vector<Domain>& nodes, const CpuSet& cpus) {
  const Domain* found = nullptr;
  for (const Domain& node : nodes) {
    if (!node.cpus.intersects(cpus)) continue;
    if (found != nullptr) return std::nullopt;
    found = &node;
  }
  if (found == nullptr || !found->has_number()) return std::nullopt;
  return found->index;
}

}  // namespace skyrun
