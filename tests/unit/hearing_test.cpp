// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/hearing.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

/// The client of a job of 4 nodes: the head starts 1 and 2, node 1 was to start 3, but the client
/// does.
class HearingTest : public testing::Test {
 protected:
  std::string heard(const Message& message, NodeId speaker = kHead) {
    const auto taken = hearing_->take(make_frame(message, speaker, kFirstJob));
    return taken ? "" : taken.error().text();
  }
  void begin(LaunchMode mode = LaunchMode::automatic) { hearing_.emplace(job_, 4, mode, forest_); }

  JobSpec job_{.num_nodes = 4, .run = "r", .awaits_approval = true, .syncs_files = true};
  StartForest forest_{{.size = 4, .arity = 2},
                      {{.id = NodeId{0}},
                       {.id = NodeId{1}},
                       {.id = NodeId{2}},
                       {.id = NodeId{3}, .by_client = true}}};
  std::optional<Hearing> hearing_;
};

TEST_F(HearingTest, TheHeadGivesAwayWhatItIsToStart) {
  begin();
  EXPECT_EQ(heard(Adopt{.nodes = {NodeId{1}, NodeId{2}}}), "");
  EXPECT_EQ(heard(Adopt{.nodes = {NodeId{1}, NodeId{3}}}),
            "it sent Adopt of node 3, which it may not give away");
  EXPECT_EQ(heard(Adopt{.nodes = {kHead}}), "it sent Adopt of node 0, which it may not give away");
  EXPECT_EQ(heard(Adopt{.nodes = {NodeId{4}}}),
            "it sent Adopt of node 4, which it may not give away");
  begin(LaunchMode::tree);
  EXPECT_EQ(heard(Adopt{.nodes = {NodeId{1}}}), "it sent Adopt, which --launch forbids");
}

TEST_F(HearingTest, WhatTheNodesAreIsHeardOnceAndOnlyWhenAsked) {
  begin();
  EXPECT_EQ(heard(Inventory{}), "");
  EXPECT_EQ(heard(Inventory{}), "it sent Inventory, which nobody asked for");
  job_.awaits_approval = false;
  begin();
  EXPECT_EQ(heard(Inventory{}), "it sent Inventory, which nobody asked for");
}

TEST_F(HearingTest, FilesAreAskedForOnceAndOnlyWhereThereAreSome) {
  begin();
  EXPECT_EQ(heard(StartStage{Stage::sync}), "");
  EXPECT_EQ(heard(StartStage{Stage::sync}), "it asked for files that are not due");
  EXPECT_EQ(heard(StartStage{Stage::run}), "");
}

TEST_F(HearingTest, TheJobThatIsPreparedIsOurs) {
  begin();
  EXPECT_EQ(heard(Prepare{.job = job_}), "");
  JobSpec other = job_;
  other.run = "rm -rf ~";
  EXPECT_EQ(heard(Prepare{.job = other}), "it changed the job");
  job_ = other;  // as the client has approved it meanwhile
  EXPECT_EQ(heard(Prepare{.job = other}), "");
}

}  // namespace
}  // namespace skyrun
