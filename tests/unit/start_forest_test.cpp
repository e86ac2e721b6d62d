// SPDX-License-Identifier: Apache-2.0
#include "bringup/start_forest.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

/// h0..h6 in a tree of arity 2: 0 → 1, 2; 1 → 3, 4; 2 → 5, 6.
std::vector<NodeSpec> seven(const std::vector<uint32_t>& by_client) {
  std::vector<NodeSpec> nodes(7);
  for (uint32_t i = 0; i < nodes.size(); ++i) nodes[i].id = NodeId{i};
  for (const uint32_t i : by_client) nodes[i].by_client = true;
  return nodes;
}

std::vector<uint32_t> below(uint32_t root, const std::vector<NodeSpec>& nodes,
                            const StartForest& forest) {
  std::vector<uint32_t> ids;
  for (const auto& node : subtree_of(NodeId{root}, nodes, forest)) ids.push_back(node.id.value);
  return ids;
}

using Ids = std::vector<uint32_t>;
constexpr Tree kTree{.size = 7, .arity = 2};

TEST(StartForestTest, WhatHangsBelowANodeOfTheClientsIsStartedByThatNode) {
  const auto nodes = seven({1});
  const StartForest forest(kTree, nodes);
  EXPECT_EQ(below(0, nodes, forest), (Ids{2, 5, 6}));
  EXPECT_EQ(below(1, nodes, forest), (Ids{3, 4}));
  EXPECT_TRUE(forest.hangs_below(NodeId{1}, NodeId{1}));
  EXPECT_FALSE(forest.hangs_below(NodeId{4}, kHead));
}

TEST(StartForestTest, EveryNodeHasOneStarter) {
  for (const Ids& cut : {Ids{}, Ids{6}, Ids{1, 3}, Ids{1, 2}, Ids{1, 2, 3, 4, 5, 6}}) {
    const auto nodes = seven(cut);
    const StartForest forest(kTree, nodes);
    size_t started = 1 + below(0, nodes, forest).size();
    for (const uint32_t root : cut) started += 1 + below(root, nodes, forest).size();
    EXPECT_EQ(started, nodes.size());
  }
}

TEST(StartForestTest, AdoptedNodesHangBelowNobodyFromThenOn) {
  const auto nodes = seven({});
  StartForest forest(kTree, nodes);
  for (const uint32_t id : {1, 3, 4}) forest.cut(NodeId{id});
  EXPECT_EQ(below(0, nodes, forest), (Ids{2, 5, 6}));
  EXPECT_TRUE(below(1, nodes, forest).empty());
}

TEST(StartForestTest, ADaemonStartsThoseRightBelowItWithAllBelowThem) {
  const auto nodes = seven({});
  const StartForest forest(kTree);
  Bootstrap bootstrap{.self = nodes[0], .launch = {.arity = 2}, .tree_size = 7};
  bootstrap.subtree = subtree_of(kHead, nodes, forest);
  const auto starts = starts_of(bootstrap, forest);
  ASSERT_EQ(starts.size(), 2U);
  EXPECT_EQ(starts[0].self, nodes[1]);
  EXPECT_EQ(starts[0].subtree, (std::vector<NodeSpec>{nodes[3], nodes[4]}));
  EXPECT_EQ(starts[1].subtree, (std::vector<NodeSpec>{nodes[5], nodes[6]}));
  EXPECT_EQ(starts[1].tree_size, 7U);
  EXPECT_EQ(starts_of(starts[1], forest).size(), 2U);
}

TEST(StartForestTest, NodesThatAreNotOfTheForestAreStartedByNobody) {
  std::vector<NodeSpec> nodes(1);
  nodes[0].id = NodeId{90};
  const StartForest forest(kTree);
  EXPECT_TRUE(starts_of({.self = {}, .tree_size = 7, .subtree = nodes}, forest).empty());
  EXPECT_TRUE(subtree_of(kHead, nodes, forest).empty());
  EXPECT_FALSE(forest.hangs_below(NodeId{90}, NodeId{90}));
}

}  // namespace
}  // namespace skyrun
