// SPDX-License-Identifier: Apache-2.0
//
// A whole head on fakes: several jobs on some of the nodes each. Every test looks at all that went
// out, so that nothing else was sent.
#include "node_daemon/head/head.h"

#include <gtest/gtest.h>

#include "tests/support/fake_cluster_actions.h"
#include "tests/support/fake_head_actions.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::milliseconds;

constexpr JobId kSecondJob{2};

/// Four nodes, h0 to h3, right below the head.
class HeadTest : public testing::Test {
 protected:
  Result<void> submit(const std::vector<uint32_t>& on, JobSpec job = {.run = "r"}) {
    Submit word{.job = std::move(job), .may_adopt = true};
    for (const uint32_t i : on) word.nodes.push_back(nodes_named_h(8)[i]);
    return head_.hear(std::move(word), 1);
  }

  void hello(uint32_t node) {
    const Hello word{.node = NodeId{node},
                     .facts = {.hostname = "h" + std::to_string(node),
                               .address = "10.0.0." + std::to_string(node)}};
    EXPECT_TRUE(head_.hear(word, 1));
  }

  /// All nodes are up, and the first job, on all of them, is running.
  void run_first_job() {
    EXPECT_TRUE(submit({0, 1, 2, 3}));
    for (const uint32_t i : {0U, 1U, 2U, 3U}) hello(i);
    prepared(kFirstJob, {0, 1, 2, 3});
    EXPECT_EQ(actions_.said(), (Lines{"j1 client Placed", "j1 nodes 0+4 Convene",
                                      "j1 nodes Prepare", "j1 nodes StartStage"}));
  }

  /// And a second one is on n1 and n3.
  void run_second_job() {
    EXPECT_TRUE(submit({1, 3}));
    prepared(kSecondJob, {1, 3});
    EXPECT_EQ(actions_.said(), (Lines{"j2 client Placed", "j2 nodes 1+1 3+1 Convene",
                                      "j2 nodes Prepare", "j2 nodes StartStage"}));
  }

  void prepared(JobId job, const std::vector<uint32_t>& nodes) {
    for (const uint32_t i : nodes) tell(job, Prepared{.node = NodeId{i}});
  }
  void ended(JobId job, const std::vector<uint32_t>& nodes, int code = 0) {
    for (const uint32_t i : nodes) {
      tell(job, StageEnded{.node = NodeId{i},
                           .stage = Stage::run,
                           .pid = 9,
                           .status = ExitStatus{.code = code}});
    }
  }
  void quiet(JobId job, const std::vector<uint32_t>& nodes) {
    for (const uint32_t i : nodes) tell(job, NodeQuiet{NodeId{i}});
  }
  void tell(JobId job, const JobWord& word) { EXPECT_TRUE(head_.hear(job, word)); }

  FakeHeadActions actions_;
  Head head_{4, {.arity = 8, .start_timeout = milliseconds(60000)}, actions_};
};

TEST_F(HeadTest, OneJobFromItsNodesToItsEnd) {
  run_first_job();
  ended(kFirstJob, {0, 1, 2, 3});
  EXPECT_EQ(actions_.said(), Lines{"j1 nodes StopRanks"});
  quiet(kFirstJob, {0, 1, 2, 3});
  EXPECT_EQ(actions_.said(), (Lines{"j1 client JobEnded", "j1 nodes JobOver"}));
  EXPECT_TRUE(actions_.deadlines.empty());
  EXPECT_FALSE(head_.has_jobs());
}

TEST_F(HeadTest, ALostShepherdIsOfItsJobAlone) {
  run_first_job();
  run_second_job();
  tell(kSecondJob, ShepherdLost{NodeId{1}, "its shepherd was killed: signal 9 (Killed)"});
  EXPECT_EQ(actions_.said(), Lines{"j2 nodes StopRanks"});
  quiet(kSecondJob, {3});
  EXPECT_EQ(actions_.said(), (Lines{"j2 client JobEnded", "j2 nodes JobOver"}));
  EXPECT_TRUE(head_.has_jobs());
}

TEST_F(HeadTest, WhatDaemonsSayBeforeThereIsAJobIsKept) {
  for (const uint32_t i : {1U, 2U, 3U}) hello(i);
  EXPECT_EQ(head_.starter_of(NodeId{1}), std::nullopt);
  EXPECT_TRUE(submit({0, 1, 2, 3}));
  EXPECT_EQ(head_.starter_of(NodeId{1}), kHead);
  EXPECT_TRUE(actions_.said().empty());
  hello(0);
  EXPECT_EQ(actions_.said(),
            (Lines{"j1 client Placed", "j1 nodes 0+4 Convene", "j1 nodes Prepare"}));
}

TEST_F(HeadTest, MoreThanAFrameIsNotKept) {
  EXPECT_TRUE(head_.hear(Hello{.node = NodeId{1}}, size_t{10} << 20U));
  const auto heard = head_.hear(Hello{.node = NodeId{2}}, size_t{10} << 20U);
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().text(), "it says too much before there is a job");
}

TEST_F(HeadTest, ASecondJobBeginsAtOnceOnNodesThatAreUp) {
  run_first_job();
  run_second_job();
  EXPECT_EQ(actions_.deadlines.size(), 2U);
}

TEST_F(HeadTest, ASecondJobEndsAndTheFirstGoesOn) {
  run_first_job();
  run_second_job();
  ended(kSecondJob, {1, 3});
  quiet(kSecondJob, {1, 3});
  EXPECT_EQ(actions_.said(),
            (Lines{"j2 nodes StopRanks", "j2 client JobEnded", "j2 nodes JobOver"}));
  EXPECT_TRUE(head_.has_jobs());
  EXPECT_EQ(actions_.deadlines.count(kSecondJob), 0U);

  ended(kFirstJob, {2}, 7);
  EXPECT_EQ(actions_.said(), Lines{"j1 nodes StopRanks"});
}

TEST_F(HeadTest, AFailureStopsItsOwnJobAndNoOther) {
  run_first_job();
  run_second_job();
  ended(kSecondJob, {3}, 7);
  EXPECT_EQ(actions_.said(), Lines{"j2 nodes StopRanks"});
  quiet(kSecondJob, {1, 3});
  EXPECT_EQ(actions_.said(), (Lines{"j2 client JobEnded", "j2 nodes JobOver"}));
  EXPECT_EQ(head_.outcome_of(kSecondJob)->state, JobState::failed);
  EXPECT_EQ(head_.outcome_of(kFirstJob), std::nullopt);
}

TEST_F(HeadTest, ALostNodeIsToldToTheJobsThatAreOnIt) {
  run_first_job();
  run_second_job();
  EXPECT_TRUE(head_.hear(NodeLost{NodeId{2}, "silent"}, 1));
  EXPECT_EQ(actions_.said(), Lines{"j1 nodes StopRanks"});
  quiet(kFirstJob, {0, 1, 3});
  EXPECT_EQ(actions_.said(), (Lines{"j1 client JobEnded", "j1 nodes JobOver"}));

  EXPECT_TRUE(head_.hear(NodeLost{NodeId{3}, "silent"}, 1));
  quiet(kSecondJob, {1});
  EXPECT_EQ(actions_.said(),
            (Lines{"j2 nodes StopRanks", "j2 client JobEnded", "j2 nodes JobOver"}));
  EXPECT_EQ(head_.outcome_of(kSecondJob)->errors, Lines{"h3: node lost: silent"});
}

TEST_F(HeadTest, AJobTakesNoWordOfNodesThatAreNotItsOwn) {
  run_first_job();
  run_second_job();
  ended(kSecondJob, {0, 2}, 7);
  quiet(kSecondJob, {0, 2});
  EXPECT_TRUE(actions_.said().empty());
}

TEST_F(HeadTest, AJobOnANodeThatIsGoneFailsWithItsWords) {
  run_first_job();
  EXPECT_TRUE(head_.hear(NodeLost{NodeId{2}, "silent"}, 1));
  actions_.said();
  EXPECT_TRUE(submit({1, 2}));
  EXPECT_EQ(actions_.said(), (Lines{"j2 client OutputEnd", "j2 client OutputEnd",
                                    "j2 client JobEnded", "j2 nodes JobOver"}));
  EXPECT_EQ(head_.outcome_of(kSecondJob)->errors, Lines{"h2: node lost: silent"});
}

TEST_F(HeadTest, ADeadlineIsOfOneJob) {
  run_first_job();
  EXPECT_TRUE(submit({1, 3}));
  actions_.said();
  head_.on_deadline(kSecondJob);  // n1 and n3 have not prepared it
  EXPECT_EQ(actions_.said(), Lines{"j2 nodes StopRanks"});
}

TEST_F(HeadTest, AnEndedJobTakesNoWordAndAnUnknownOneIsAnError) {
  run_first_job();
  run_second_job();
  ended(kSecondJob, {1, 3});
  quiet(kSecondJob, {1, 3});
  actions_.said();
  tell(kSecondJob, Cancel{});
  head_.on_deadline(kSecondJob);
  EXPECT_TRUE(actions_.said().empty());
  EXPECT_FALSE(head_.hear(JobId{3}, Cancel{}));
  EXPECT_FALSE(head_.hear(kNoJob, Cancel{}));
}

TEST_F(HeadTest, WithoutItsClientEveryJobEndsAndNobodyIsTold) {
  run_first_job();
  run_second_job();
  head_.on_client_lost();
  EXPECT_EQ(actions_.said(), (Lines{"j1 nodes StopRanks", "j2 nodes StopRanks"}));
  quiet(kFirstJob, {0, 1, 2, 3});
  quiet(kSecondJob, {1, 3});
  EXPECT_EQ(actions_.said(), (Lines{"j1 nodes JobOver", "j2 nodes JobOver", "go home"}));
  EXPECT_EQ(head_.outcome_of(kFirstJob)->state, JobState::cancelled);
}

TEST_F(HeadTest, TheClientIsAskedForANodeThatAJobWaitsFor) {
  EXPECT_TRUE(submit({0, 1, 2, 3}));
  const StartFailed failed{.node = NodeId{1}, .by = kHead, .refused = true, .why = "denied"};
  EXPECT_TRUE(head_.hear(failed, 1));
  EXPECT_EQ(actions_.said(), Lines{"j0 client Adopt"});
  EXPECT_EQ(head_.starter_of(NodeId{1}), kClient);
}

TEST_F(HeadTest, AJobIsOnNodesOfTheCluster) {
  EXPECT_FALSE(submit({0, 1}));  // the first names all
  EXPECT_FALSE(submit({1, 0, 2, 3}));
  EXPECT_FALSE(submit({}));
  run_first_job();
  EXPECT_FALSE(submit({1, 1}));
  EXPECT_FALSE(submit({5}));
  EXPECT_TRUE(actions_.said().empty());
}

TEST_F(HeadTest, ManyJobsInARowLeaveNothingButTheLastOutcomes) {
  run_first_job();
  constexpr uint32_t kJobs = 1000;
  for (uint32_t i = 2; i < kJobs; ++i) {
    EXPECT_TRUE(submit({2}));
    prepared(JobId{i}, {2});
    ended(JobId{i}, {2});
    quiet(JobId{i}, {2});
    EXPECT_EQ(actions_.said().size(), 7U);
  }
  EXPECT_EQ(actions_.deadlines.size(), 1U);
  EXPECT_EQ(head_.outcome_of(JobId{2}), std::nullopt);
  EXPECT_EQ(head_.outcome_of(JobId{kJobs - 1})->state, JobState::succeeded);
}

}  // namespace
}  // namespace skyrun
