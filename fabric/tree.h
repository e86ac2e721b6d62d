// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/ids.h"

namespace skyrun {

/// A k-ary tree over nodes 0..size-1, rooted at the head (node 0), in heap order: the children of
/// i are k*i+1 .. k*i+k. Pure arithmetic: it opens nothing and remembers nothing, so every daemon
/// computes the same tree from the two numbers in its bootstrap.
struct Tree {
  uint32_t size = 1;
  uint32_t arity = 8;

  std::optional<NodeId> parent_of(NodeId node) const;
  std::vector<NodeId> children_of(NodeId node) const;

  /// Is `node` below `ancestor`, or the same?
  bool is_below(NodeId node, NodeId ancestor) const;
};

/// The arity for a job of this many nodes, from the table in docs/performance.md: as flat as the
/// start of that many launch agents on one host allows.
uint32_t default_arity(uint32_t nodes);

}  // namespace skyrun
