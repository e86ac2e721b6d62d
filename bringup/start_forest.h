// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fabric/tree.h"
#include "protocol/message.h"

namespace skyrun {

/// Who starts whom: the tree over all nodes, cut above those that the client starts itself. What
/// hangs below such a node in the tree is started by it, as below any other. Pure.
class StartForest {
 public:
  StartForest(Tree tree, const std::vector<NodeSpec>& nodes);

  /// From now on the client starts this node itself.
  void cut(NodeId node) { by_client_[node.value] = true; }
  bool is_cut(NodeId node) const { return by_client_[node.value]; }

  /// Of a node of the forest; kClient for those that the client starts, the head among them.
  NodeId starter_of(NodeId node) const;

  /// Is `node` started by `ancestor`, by one that `ancestor` starts, and so on; or the same?
  bool hangs_below(NodeId node, NodeId ancestor) const;

 private:
  Tree tree_;
  std::vector<bool> by_client_;
};

/// Those of `nodes` that hang below `root`, without itself.
std::vector<NodeSpec> subtree_of(NodeId root, const std::vector<NodeSpec>& nodes,
                                 const StartForest& forest);

}  // namespace skyrun
