// SPDX-License-Identifier: Apache-2.0
#include "fabric/tree.h"

#include <algorithm>

namespace skyrun {

std::optional<NodeId> Tree::parent_of(NodeId node) const {
  if (node == kHead) return std::nullopt;
  return NodeId{(node.value - 1) / arity};
}

std::vector<NodeId> Tree::children_of(NodeId node) const {
  const uint64_t first = uint64_t{node.value} * arity + 1;
  const uint64_t end = std::min<uint64_t>(first + arity, size);
  std::vector<NodeId> children;
  for (uint64_t id = first; id < end; ++id) children.push_back(NodeId{static_cast<uint32_t>(id)});
  return children;
}

bool Tree::is_below(NodeId node, NodeId ancestor) const {
  while (ancestor < node) node = *parent_of(node);
  return node == ancestor;
}

uint32_t default_arity(uint32_t nodes) {
  if (nodes <= 9) return 8;
  if (nodes <= 128) return 8;
  if (nodes <= 1024) return 16;
  return 32;
}

}  // namespace skyrun
