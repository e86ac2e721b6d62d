// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/cluster.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/support/fake_cluster_actions.h"

namespace skyrun {
namespace {

/// Seven nodes in a tree of arity 2: 0 → 1, 2; 1 → 3, 4; 2 → 5, 6.
class ClusterTest : public testing::Test {
 protected:
  void form(bool may_adopt = true, const std::vector<uint32_t>& by_client = {}) {
    auto nodes = nodes_named_h(7);
    for (const uint32_t i : by_client) nodes[i].by_client = true;
    cluster_.emplace(std::move(nodes), Tree{.size = 7, .arity = 2}, may_adopt, actions_);
  }

  void refuse(uint32_t node, NodeId by) {
    cluster_->on(StartFailed{.node = NodeId{node}, .by = by, .refused = true, .why = "denied"});
  }

  FakeClusterActions actions_;
  std::optional<Cluster> cluster_;
};

TEST_F(ClusterTest, ANodeIsUpWithItsFirstHello) {
  form();
  cluster_->on(Hello{.node = NodeId{3}, .facts = {.hostname = "a"}, .machine = "m"});
  cluster_->on(Hello{.node = NodeId{3}, .facts = {.hostname = "b"}, .machine = "n"});
  EXPECT_TRUE(cluster_->is_up(NodeId{3}));
  EXPECT_EQ(cluster_->facts(NodeId{3}).hostname, "a");
  EXPECT_EQ(actions_.up, (std::vector<std::pair<NodeId, std::string>>{{NodeId{3}, ""}}));
  EXPECT_EQ(actions_.all(), 1U);
}

TEST_F(ClusterTest, EqualMachinesAreKeptOnce) {
  form();
  for (const uint32_t i : {0U, 1U, 2U})
    cluster_->on(Hello{.node = NodeId{i}, .machine = i == 1 ? "big" : "small"});
  EXPECT_EQ(cluster_->machines(), (std::vector<std::string>{"small", "big"}));
  EXPECT_EQ(cluster_->machine_of(NodeId{2}), 0U);
}

TEST_F(ClusterTest, ALostNodeTakesThoseBelowItWithItOnce) {
  form();
  cluster_->on(Hello{.node = NodeId{1}});
  cluster_->on(NodeLost{NodeId{4}, "killed"});
  cluster_->on(NodeLost{NodeId{1}, "silent"});
  cluster_->on(NodeLost{NodeId{3}, "gone too"});
  cluster_->on(Hello{.node = NodeId{3}});
  ASSERT_EQ(actions_.gone.size(), 2U);
  EXPECT_EQ(actions_.gone[1], (Departure{.cause = NodeId{1},
                                         .nodes = ids({1, 3}),
                                         .lost = true,
                                         .error = "h1: node lost: silent"}));
  EXPECT_EQ(cluster_->why_gone(NodeId{3}), "h1: node lost: silent");
  EXPECT_EQ(cluster_->why_gone(NodeId{5}), std::nullopt);
  EXPECT_FALSE(cluster_->is_up(NodeId{1}));
  EXPECT_EQ(actions_.all(), 3U);
}

TEST_F(ClusterTest, WhatTheClientStartedIsLostByItselfAlone) {
  form(true, {1});
  cluster_->on(NodeLost{NodeId{0}, "silent"});
  ASSERT_EQ(actions_.gone.size(), 1U);
  EXPECT_EQ(actions_.gone[0].nodes, ids({0, 2, 5, 6}));
}

TEST_F(ClusterTest, TheClientIsAskedForWhatANodeWasRefused) {
  form();
  refuse(1, kHead);
  ASSERT_EQ(actions_.asked.size(), 1U);
  EXPECT_EQ(actions_.asked[0],
            (Adopt{.nodes = ids({1, 3, 4}), .why = "h0 cannot start h1: denied"}));
  for (const uint32_t i : {1U, 3U, 4U}) EXPECT_EQ(cluster_->starter_of(NodeId{i}), kClient);
  EXPECT_EQ(actions_.all(), 1U);

  refuse(3, kClient);  // and it fares no better
  ASSERT_EQ(actions_.gone.size(), 1U);
  EXPECT_EQ(actions_.gone[0].nodes, ids({3}));
  EXPECT_FALSE(actions_.gone[0].lost);
}

TEST_F(ClusterTest, TheClientIsNotAskedWhereItMayNotOrNeedNotBe) {
  form(false);
  refuse(1, kHead);
  EXPECT_EQ(actions_.gone[0].error, "h1: connecting from h0: denied");
  EXPECT_EQ(actions_.gone[0].nodes, ids({1, 3, 4}));

  form();
  actions_.awaited = false;  // no job wants the node any more
  refuse(2, kHead);
  EXPECT_TRUE(actions_.asked.empty());
}

TEST_F(ClusterTest, WithoutTheClientWhatItStartedIsGone) {
  form(true, {2});
  cluster_->on(NodeLost{NodeId{5}, "silent"});
  EXPECT_EQ(cluster_->lose_client(), ids({2, 6}));
  EXPECT_TRUE(cluster_->why_gone(NodeId{6}));
  refuse(1, kHead);
  EXPECT_TRUE(actions_.asked.empty());  // nobody is there to be asked
}

TEST_F(ClusterTest, WordsOfNodesThatAreNotThereChangeNothing) {
  form();
  cluster_->on(Hello{.node = NodeId{7}});
  cluster_->on(NodeLost{NodeId{7}, "x"});
  refuse(7, kHead);
  EXPECT_EQ(actions_.all(), 0U);
}

}  // namespace
}  // namespace skyrun
