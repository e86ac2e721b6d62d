// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/ids.h"

namespace skyrun {

/// So many nodes, from the first on.
struct NodeRun {
  NodeId first;
  uint32_t count = 1;
  friend bool operator==(const NodeRun&, const NodeRun&) = default;
};

/// Some nodes in an order of their own: those that follow each other are one run.
std::vector<NodeRun> to_runs(const std::vector<NodeId>& nodes);

bool contains(const std::vector<NodeRun>& runs, NodeId node);

}  // namespace skyrun
