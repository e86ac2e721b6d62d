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

  JobSpec job_{.num_nodes = 4, .run = "r", .syncs_files = true};
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

TEST_F(HearingTest, TheJobIsPlacedOnceAndOnItsOwnNodes) {
  const Placed placed{.addresses = {"a", "b", "c", "d"}};
  begin();
  EXPECT_EQ(heard(placed), "");
  EXPECT_EQ(heard(placed), "it placed another job than ours");
  begin();
  EXPECT_EQ(heard(Placed{.addresses = {"a"}}), "it placed another job than ours");
}

TEST_F(HearingTest, TheNamesOfAGroupAreThoseThatWeTold) {
  begin();
  EXPECT_EQ(heard(Prepare{.job = job_, .etc_hosts = "10.0.0.1 bank.example\n"}),
            "it changed the names of the job group");
  hearing_->expect_hosts("10.0.0.1 a-0.g\n");
  EXPECT_EQ(heard(Prepare{.job = job_, .etc_hosts = "10.0.0.1 a-0.g\n"}), "");
  EXPECT_EQ(heard(Prepare{.job = job_}), "it changed the names of the job group");
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
}

}  // namespace
}  // namespace skyrun
