// SPDX-License-Identifier: Apache-2.0
#include "bringup/start_forest.h"

namespace skyrun {

StartForest::StartForest(Tree tree, const std::vector<NodeSpec>& nodes)
    : tree_(tree), by_client_(nodes.size()) {
  for (size_t i = 0; i < nodes.size(); ++i) by_client_[i] = nodes[i].by_client;
}

NodeId StartForest::starter_of(NodeId node) const {
  return is_cut(node) ? kClient : tree_.parent_of(node).value_or(kClient);
}

bool StartForest::hangs_below(NodeId node, NodeId ancestor) const {
  while (ancestor < node && !is_cut(node)) node = *tree_.parent_of(node);
  return node == ancestor;
}

std::vector<NodeSpec> subtree_of(NodeId root, const std::vector<NodeSpec>& nodes,
                                 const StartForest& forest) {
  std::vector<NodeSpec> below;
  for (const auto& node : nodes) {
    if (node.id != root && forest.hangs_below(node.id, root)) below.push_back(node);
  }
  return below;
}

}  // namespace skyrun
