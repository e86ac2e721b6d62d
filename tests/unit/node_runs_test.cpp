// SPDX-License-Identifier: Apache-2.0
#include "protocol/node_runs.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(NodeRunsTest, NodesThatFollowEachOtherAreOneRun) {
  const auto runs = to_runs({NodeId{4}, NodeId{5}, NodeId{6}, NodeId{2}, NodeId{1}, NodeId{7}});
  EXPECT_EQ(runs,
            (std::vector<NodeRun>{{NodeId{4}, 3}, {NodeId{2}, 1}, {NodeId{1}, 1}, {NodeId{7}, 1}}));
  EXPECT_TRUE(to_runs({}).empty());
}

TEST(NodeRunsTest, ARunHasItsNodesAndNoOther) {
  const std::vector<NodeRun> runs{{NodeId{4}, 3}, {NodeId{1}, 1}};
  for (const uint32_t node : {1U, 4U, 5U, 6U}) EXPECT_TRUE(contains(runs, NodeId{node}));
  for (const uint32_t node : {0U, 2U, 3U, 7U, 0xFFFFFFFFU})
    EXPECT_FALSE(contains(runs, NodeId{node}));
}

}  // namespace
}  // namespace skyrun
