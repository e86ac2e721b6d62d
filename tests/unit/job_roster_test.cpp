// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_roster.h"

#include <gtest/gtest.h>

#include "tests/support/fake_cluster_actions.h"

namespace skyrun {
namespace {

TEST(JobRosterTest, ANodeHasThePlaceThatTheJobGivesIt) {
  JobRoster roster(ids({7, 3}));
  EXPECT_EQ(roster.place_of(*roster.find(NodeId{3})), 1U);
  EXPECT_EQ(roster.find(NodeId{0}), nullptr);
  EXPECT_TRUE(roster.has(NodeId{7}));
  EXPECT_EQ(roster.outcomes()[0].node, NodeId{7});
}

TEST(JobRosterTest, ANodeIsKnownWhenItIsUpOrHasFailed) {
  JobRoster roster(ids({1, 2}));
  roster.find(NodeId{1})->up = true;
  EXPECT_FALSE(roster.all_known());
  roster.lose(*roster.find(NodeId{2}), false);
  EXPECT_TRUE(roster.all_known());
}

TEST(JobRosterTest, OnlyWhoIsThereCanBeUnquiet) {
  JobRoster roster(ids({1, 2, 3}));
  EXPECT_TRUE(roster.all_quiet());  // nobody is up
  for (auto& node : roster.nodes()) node.up = true;
  roster.nodes()[0].quiet = true;
  roster.lose(roster.nodes()[1], true);
  EXPECT_FALSE(roster.all_quiet());
  roster.nodes()[2].quiet = true;
  EXPECT_TRUE(roster.all_quiet());
}

TEST(JobRosterTest, ALossHidesNoEndThatARankHadOfItself) {
  JobRoster roster(ids({1, 2}));
  auto& failed = roster.nodes()[0];
  failed.ended = true;
  failed.outcome.status.code = 7;
  for (auto& node : roster.nodes()) roster.lose(node, true);
  EXPECT_FALSE(roster.outcomes()[0].lost);
  EXPECT_TRUE(roster.outcomes()[1].lost && roster.outcomes()[1].stopped);
}

TEST(JobRosterTest, AStageBeginsWithNothingOfTheOneBefore) {
  JobRoster roster(ids({4}));
  auto& node = roster.nodes()[0];
  node.up = node.prepared = node.ended = node.quiet = true;
  node.outcome.pid = 9;
  roster.begin_stage();
  EXPECT_TRUE(node.up && node.prepared);
  EXPECT_FALSE(node.ended || node.quiet);
  EXPECT_EQ(node.outcome.pid, 0U);
  EXPECT_EQ(node.outcome.node, NodeId{4});
}

}  // namespace
}  // namespace skyrun
