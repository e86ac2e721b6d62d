// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/message.h"
#include "protocol/resource_wish.h"
#include "topology/seating/node_machines.h"

namespace skyrun {

/// Some accelerators of one kind, by their canonical name.
struct AcceleratorCount {
  std::string name;
  uint32_t count = 0;
  friend bool operator==(const AcceleratorCount&, const AcceleratorCount&) = default;
};

/// What a node has, as far as a task can ask for it.
struct NodeHas {
  uint32_t cpus = 0;
  uint64_t memory_bytes = 0;
  std::optional<std::vector<AcceleratorCount>> accelerators;  ///< none: it cannot say
};

std::vector<NodeHas> what_nodes_have(const std::vector<NodeFacts>& facts,
                                     const NodeMachines& machines);

/// "A100:8"
std::string accelerator_text(const ResourceWish& wish);

/// What came of holding what a task asks for against what its nodes have.
struct ResourceVerdict {
  std::optional<size_t> chosen;  ///< the first candidate that every node satisfies
  std::vector<std::string>
      shortages;                      ///< when there is none: a line for each node that falls short
  bool accelerators_unknown = false;  ///< a node could not say what it has; it counts as enough
};

/// `names[i]` and `nodes[i]` are those of node i. Memory may fall short by a tenth: what the kernel
/// and the firmware keep of "32 GB" is missing in what a machine shows.
ResourceVerdict check_resources(const ResourceWishes& wishes, const std::vector<std::string>& names,
                                const std::vector<NodeHas>& nodes);

}  // namespace skyrun
