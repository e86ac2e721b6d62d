// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "protocol/message.h"
#include "topology/machine.h"

namespace skyrun {

/// What the nodes of a job consist of, as far as they looked. Equal nodes share one machine.
class NodeMachines {
 public:
  /// Of so many nodes, of which nothing is known yet.
  explicit NodeMachines(size_t nodes) : machine_of_(nodes) {}

  /// What a node says of itself, as machine_wire.h reads it; empty: it did not look. Fails where
  /// that is what no honest node says.
  Result<void> learn(size_t node, const std::string& said);

  /// Null: the node did not look, or could not.
  const Machine* of(size_t node) const;
  /// Nodes with the same number have the same machine.
  uint32_t number_of(size_t node) const { return machine_of_[node]; }
  size_t nodes() const { return machine_of_.size(); }

 private:
  std::vector<std::optional<Machine>> machines_{std::nullopt};
  std::map<std::string, uint32_t, std::less<>> number_of_{{"", 0}};  // by what was said
  std::vector<uint32_t> machine_of_;
};

/// What the nodes say of how they were looked at, each once: "h0: HWLOC_XMLFILE is ignored …".
std::vector<std::string> machine_notices(const NodeMachines& machines,
                                         const std::vector<NodeSpec>& nodes);

/// A line for each node that does not know its machine: "h1: --map-by must know its hardware: why".
std::vector<std::string> unknown_machines(const NodeMachines& machines,
                                          const std::vector<NodeFacts>& facts,
                                          const std::vector<NodeSpec>& nodes,
                                          const std::string& needed_for);

}  // namespace skyrun
