// SPDX-License-Identifier: Apache-2.0
#include "protocol/rank_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace skyrun {
namespace {

using Nodes = std::vector<uint32_t>;

TEST(RankMapTest, EqualNodesAreOneRun) {
  Nodes by_slot;
  Nodes in_turns;
  for (uint32_t i = 0; i < 12; ++i) {
    by_slot.push_back(i / 4);
    in_turns.push_back(i % 3);
  }
  EXPECT_EQ(to_rank_map(by_slot, 3).runs,
            (std::vector<RankRun>{{.nodes = 3, .ranks = 4, .node_step = 4}}));
  EXPECT_EQ(to_rank_map(in_turns, 3).runs,
            (std::vector<RankRun>{{.nodes = 3, .ranks = 4, .step = 3, .node_step = 1}}));
}

TEST(RankMapTest, ATaskHasARankOnEachNode) {
  EXPECT_EQ(one_rank_each(5), to_rank_map({0, 1, 2, 3, 4}, 5));
  EXPECT_EQ(one_rank_each(1), to_rank_map({0}, 1));
  EXPECT_EQ(one_rank_each(1).on_node(0), Nodes{0});
}

TEST(RankMapTest, NodesMayHaveNoRankOrOneMore) {
  const auto map = to_rank_map({0, 0, 0, 2, 2, 3}, 5);
  EXPECT_EQ(map.size(), 6U);
  EXPECT_EQ(map.on_node(0), (Nodes{0, 1, 2}));
  EXPECT_TRUE(map.on_node(1).empty());
  EXPECT_EQ(map.on_node(3), Nodes{5});
  EXPECT_TRUE(map.on_node(4).empty());
  EXPECT_EQ(map.node_of(4), 2U);
  EXPECT_FALSE(map.node_of(6));
  EXPECT_TRUE(check_rank_map(map, 5));
}

/// What goes in comes out, whatever the order: of a list of lines, a machine of many kinds.
TEST(RankMapTest, EveryRankIsWhereItWasPut) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const uint32_t nodes = 1 + static_cast<uint32_t>(random()) % 9;
    const uint32_t block = 1 + static_cast<uint32_t>(random()) % 4;
    const bool shuffled = random() % 3 == 0;
    Nodes node_of(1 + random() % 60);
    for (uint32_t i = 0; i < node_of.size(); ++i) node_of[i] = i / block % nodes;
    if (shuffled) std::shuffle(node_of.begin(), node_of.end(), random);
    const auto map = to_rank_map(node_of, nodes);
    ASSERT_TRUE(check_rank_map(map, nodes));
    ASSERT_EQ(map.size(), node_of.size());
    for (uint32_t rank = 0; rank < node_of.size(); ++rank) {
      ASSERT_EQ(map.node_of(rank), node_of[rank]);
      const auto here = map.on_node(node_of[rank]);
      ASSERT_TRUE(std::ranges::is_sorted(here));
      ASSERT_EQ(std::ranges::count(here, rank), 1);
    }
  }
}

TEST(RankMapTest, WhatIsNoMapIsRefused) {
  const auto why = [](std::vector<RankRun> runs) {
    const auto good = check_rank_map({std::move(runs)}, 4);
    return good ? "" : good.error().text();
  };
  EXPECT_EQ(why({{.nodes = 4, .node_step = 1}}), "");
  EXPECT_EQ(why({{.nodes = 5, .node_step = 1}}), "ranks on a node that is not there");
  EXPECT_EQ(why({{.node = UINT32_MAX, .nodes = 2}}), "ranks on a node that is not there");
  EXPECT_EQ(why({{.nodes = 2}}), "rank 0: not once");
  EXPECT_EQ(why({{.rank = 1}}), "rank 1: not once");
  EXPECT_EQ(why({{.nodes = UINT32_MAX, .ranks = UINT32_MAX}}), "more than 1048576 ranks");
  EXPECT_EQ(why({{.ranks = 2, .step = UINT32_MAX}}), "rank 4294967295: not once");
  EXPECT_EQ(why({{.nodes = UINT32_MAX, .ranks = 0}}), "a run without ranks");
  EXPECT_EQ(why({{.step = 0}}), "a run without ranks");
}

}  // namespace
}  // namespace skyrun
