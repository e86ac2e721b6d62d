// SPDX-License-Identifier: Apache-2.0
#include "bringup/start_forest.h"

namespace skyrun {

StartForest::StartForest(Tree tree) : starters_(tree.size, kClient) {
  for (uint32_t i = 0; i < tree.size; ++i)
    starters_[i] = tree.parent_of(NodeId{i}).value_or(kClient);
}

StartForest::StartForest(Tree tree, const std::vector<NodeSpec>& nodes) : StartForest(tree) {
  for (size_t i = 0; i < nodes.size() && i < starters_.size(); ++i) {
    if (nodes[i].by_client) starters_[i] = kClient;
  }
}

bool StartForest::hangs_below(NodeId node, NodeId ancestor) const {
  if (node.value >= starters_.size()) return false;
  while (node != ancestor && node != kClient) node = starter_of(node);
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

std::vector<Bootstrap> starts_of(const Bootstrap& bootstrap, const StartForest& forest) {
  std::vector<Bootstrap> starts;
  for (const auto& node : bootstrap.subtree) {
    if (node.id.value >= forest.size()) continue;
    if (forest.starter_of(node.id) != bootstrap.self.id) continue;
    starts.push_back({.self = node,
                      .launch = bootstrap.launch,
                      .tree_size = bootstrap.tree_size,
                      .subtree = subtree_of(node.id, bootstrap.subtree, forest)});
  }
  return starts;
}

}  // namespace skyrun
