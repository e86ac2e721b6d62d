// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/rank_outcomes.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

/// Ranks 0, 2, 4 on the first node, 1 and 3 on the second.
RankOutcomes five_ranks() {
  return {to_rank_map({0, 1, 0, 1, 0}, 2), {NodeId{7}, NodeId{8}}};
}

TEST(RankOutcomesTest, FoldedEndsAreOfEveryRank) {
  auto ranks = five_ranks();
  EXPECT_FALSE(ranks.take(0, {.ranks = {{.count = 3}}}, false));
  for (const uint32_t rank : {0U, 2U, 4U}) {
    EXPECT_EQ(ranks.all()[rank].node, NodeId{7});
    EXPECT_TRUE(ranks.all()[rank].started);
  }
  EXPECT_FALSE(ranks.all()[1].started);
}

TEST(RankOutcomesTest, TheFirstThatFailsByItselfIsMarked) {
  auto ranks = five_ranks();
  const RankEnd seven{.first = LocalRank{1}, .pid = 9, .status = {.code = 7}};
  const auto first = ranks.take(1, {.ranks = {seven}}, false);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->rank, Rank{3});
  EXPECT_TRUE(ranks.all()[3].first);
  const RankEnd others{.count = 3, .status = {.code = 7}};
  EXPECT_FALSE(ranks.take(0, {.ranks = {others}}, true));
  EXPECT_TRUE(ranks.all()[4].stopped);
  EXPECT_FALSE(ranks.all()[4].first);
}

TEST(RankOutcomesTest, OfSeveralThatWereNotStartedOneIsNamed) {
  auto ranks = five_ranks();
  const RankEnd missing{.count = 3, .status = {.code = 127}, .error = "x: no such program"};
  const auto first = ranks.take(0, {.ranks = {missing}}, false);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->rank, Rank{0});
  EXPECT_EQ(first->error, "x: no such program");
  EXPECT_FALSE(ranks.all()[2].first);
  EXPECT_FALSE(ranks.all()[2].started);
}

TEST(RankOutcomesTest, WhatHasEndedIsNotLostWithItsNode) {
  auto ranks = five_ranks();
  ranks.take(0, {.ranks = {{.count = 1}}}, false);
  ranks.lose(0, true, false);
  EXPECT_FALSE(ranks.all()[0].lost);
  EXPECT_TRUE(ranks.all()[2].lost);
  EXPECT_TRUE(ranks.all()[2].first);
  EXPECT_FALSE(ranks.all()[4].first);
}

TEST(RankOutcomesTest, WhatNoHonestNodeSaysIsLeftOut) {
  auto ranks = five_ranks();
  const RankEnd beyond{.first = LocalRank{7}, .count = UINT32_MAX, .status = {.code = 1}};
  EXPECT_FALSE(ranks.take(1, {.ranks = {beyond}}, false));
  EXPECT_FALSE(ranks.take(5, {.ranks = {beyond}}, false));
}

}  // namespace
}  // namespace skyrun
