// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_words.h"

#include <gtest/gtest.h>

#include "tests/support/fake_cluster_actions.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::milliseconds;

/// A job on h2 to h13 of a cluster.
class JobWordsTest : public testing::Test {
 protected:
  static std::vector<NodeId> twelve() {
    std::vector<NodeId> nodes;
    for (uint32_t i = 2; i < 14; ++i) nodes.push_back(NodeId{i});
    return nodes;
  }

  FakeClusterActions actions_;
  Cluster cluster_{nodes_named_h(14), Tree{.size = 14, .arity = 8}, false, actions_};
  JobRoster roster_{twelve()};
  SyncProgress sync_{12};
};

TEST_F(JobWordsTest, ProgressCountsTheJobsNodesAndNamesSomeOfTheLate) {
  roster_.nodes()[0].up = true;
  const auto progress = progress_of(JobPhase::connecting, Stage::nodes, roster_, sync_, cluster_);
  EXPECT_EQ(progress.done, 1U);
  EXPECT_EQ(progress.total, 12U);
  EXPECT_EQ(progress.late, (Lines{"h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10"}));
}

TEST_F(JobWordsTest, TheSlowestToTakeFilesAreNamedFirst) {
  sync_.on_sent(10);
  for (size_t i = 0; i < 12; ++i) sync_.on_taken(i, i == 5 ? 1 : 10);
  for (const size_t settled : {0U, 1U, 2U, 3U, 6U, 7U, 8U, 9U, 10U, 11U}) sync_.settle(settled);
  EXPECT_EQ(progress_of(JobPhase::syncing, Stage::sync, roster_, sync_, cluster_).late,
            (Lines{"h7", "h6"}));
}

TEST_F(JobWordsTest, ALaterPhaseWaitsForWhatIsPrepared) {
  for (auto& node : roster_.nodes()) node.up = node.prepared = true;
  roster_.nodes()[3].prepared = false;
  EXPECT_TRUE(unheard(JobPhase::connecting, milliseconds(5000), roster_, cluster_).empty());
  EXPECT_EQ(unheard(JobPhase::preparing, milliseconds(5000), roster_, cluster_),
            Lines{"h5: no word of it within 5 s"});
}

TEST_F(JobWordsTest, ThoseThatAreStuckAreCountedWhereTheyAreMany) {
  const auto lines = stuck_in_sync(sync_, milliseconds(1500), roster_, cluster_);
  ASSERT_EQ(lines.size(), 9U);
  EXPECT_EQ(lines[0],
            "h2: sync has made no progress for 1.5 s: see to the disk of its home, or give it more "
            "time with --sync-timeout");
  EXPECT_EQ(lines[8], "and so for 4 more nodes");
}

}  // namespace
}  // namespace skyrun
