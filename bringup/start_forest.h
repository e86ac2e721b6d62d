// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fabric/tree.h"
#include "protocol/message.h"

namespace skyrun {

/// Who starts whom: for each node, by its number, the node that starts it or kClient. A value of
/// its own; the tree only makes the first one. A node is never started by one of a larger number.
/// Pure.
class StartForest {
 public:
  /// Every node by its parent in the tree; the head by the client.
  explicit StartForest(Tree tree);

  /// The same, but for those that the client starts. What hangs below such a node in the tree is
  /// started by it, as below any other.
  StartForest(Tree tree, const std::vector<NodeSpec>& nodes);

  /// How many nodes it is of.
  size_t size() const { return starters_.size(); }

  /// From now on the client starts this node itself.
  void cut(NodeId node) { starters_[node.value] = kClient; }

  /// Of a node of the forest; kClient for those that the client starts, the head among them.
  NodeId starter_of(NodeId node) const { return starters_[node.value]; }

  /// Is `node` started by `ancestor`, by one that `ancestor` starts, and so on; or the same? False
  /// of what is no node of the forest.
  bool hangs_below(NodeId node, NodeId ancestor) const;

 private:
  std::vector<NodeId> starters_;
};

/// Those of `nodes` that hang below `root`, without itself.
std::vector<NodeSpec> subtree_of(NodeId root, const std::vector<NodeSpec>& nodes,
                                 const StartForest& forest);

/// What a daemon with this bootstrap starts: each with what hangs below it, and with its own
/// options.
std::vector<Bootstrap> starts_of(const Bootstrap& bootstrap, const StartForest& forest);

}  // namespace skyrun
