// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_run.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/fake_job_actions.h"
#include "tests/support/machine_shape.h"
#include "topology/machine_wire.h"

namespace skyrun {
namespace {

using std::chrono::milliseconds;

const std::vector<StartStage> kSetupThenRun{{Stage::setup}, {Stage::run}};

/// A job of setup and run on nodes h0, h1, … that the head starts in a tree of arity 2.
class JobRunTest : public testing::Test, private ClusterActions {
 protected:
  void start(uint32_t nodes, JobSpec job = {.setup = "s", .run = "r"}, bool may_adopt = false) {
    job.num_nodes = nodes;
    std::vector<NodeSpec> specs;
    std::vector<NodeId> ids;
    for (uint32_t i = 0; i < nodes; ++i) {
      specs.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i)});
      ids.push_back(NodeId{i});
    }
    for (const uint32_t i : by_client_) specs[i].by_client = true;
    cluster_.emplace(std::move(specs), Tree{.size = nodes, .arity = 2}, may_adopt,
                     static_cast<ClusterActions&>(*this));
    run_.emplace(std::move(job), wishes_, ids, *cluster_, milliseconds(60000), actions_);
    run_->start();
    size_ = nodes;
  }

  void hello(uint32_t node, const std::string& machine = "") {
    cluster_->on(
        Hello{.node = NodeId{node},
              .facts = {.hostname = "h", .address = "10.0.0." + std::to_string(node), .cpus = 4},
              .machine = machine});
    if (prepares_) all_prepared();
  }
  /// Answers where the head has asked.
  void all_prepared() {
    for (uint32_t i = 0; i < size_; ++i) run_->on(Prepared{.node = NodeId{i}});
  }
  void all_hello() {
    for (uint32_t i = 0; i < size_; ++i) hello(i);
  }
  void end(uint32_t node, Stage stage, int code = 0) {
    run_->on(StageEnded{.node = NodeId{node},
                        .stage = stage,
                        .pid = 100 + node,
                        .status = ExitStatus{.code = code}});
  }
  void all_end(Stage stage) {
    for (uint32_t i = 0; i < size_; ++i) end(i, stage);
  }
  void quiet(uint32_t node) { run_->on(NodeQuiet{NodeId{node}}); }
  void all_quiet() {
    for (uint32_t i = 0; i < size_; ++i) quiet(i);
  }

  bool is_awaited(NodeId node) const override {
    return run_->phase() == JobPhase::connecting && run_->is_on(node);
  }
  void ask_client(const Adopt& request) override { actions_.client.emplace_back(request); }
  void on_up(NodeId node, const std::string& error) override { run_->on_up(node, error); }
  void on_gone(const Departure& departure) override { run_->on_gone(departure); }

  bool prepares_ = true;
  std::vector<uint32_t> by_client_;  // nodes that the client starts
  JobWishes wishes_;
  FakeJobActions actions_;
  std::optional<Cluster> cluster_;
  std::optional<JobRun> run_;
  uint32_t size_ = 0;
};

TEST_F(JobRunTest, StagesFollowOneAnotherWhenEveryNodeHasEndedTheOneBefore) {
  start(3);
  hello(0);
  hello(2);
  EXPECT_TRUE(actions_.nodes.empty());  // h1 is late

  hello(1);
  ASSERT_EQ(actions_.told<Prepare>().size(), 1U);
  EXPECT_EQ(actions_.told<Prepare>()[0].addresses,
            (std::vector<std::string>{"10.0.0.0", "10.0.0.1", "10.0.0.2"}));
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::setup}}));

  end(0, Stage::setup);
  end(2, Stage::setup);
  EXPECT_EQ(actions_.told<StartStage>().size(), 1U);
  end(1, Stage::setup);
  EXPECT_EQ(actions_.told<StartStage>(), kSetupThenRun);

  all_end(Stage::run);
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::succeeded);
  EXPECT_EQ(actions_.told<JobOver>().size(), 1U);
}

TEST_F(JobRunTest, StagesWithoutWorkAreSkipped) {
  start(2, {.run = "r"});
  all_hello();
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::run}}));
}

TEST_F(JobRunTest, SyncIsAStageOfItsOwnWhenThereAreFiles) {
  start(2, {.run = "r", .syncs_files = true});
  all_hello();
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::sync}}));
  all_end(Stage::sync);
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::sync}, {Stage::run}}));
}

TEST_F(JobRunTest, ANodeThatTakesNoFilesIsNamedWhenItsTimeIsOver) {
  start(3, {.run = "r", .syncs_files = true, .sync_timeout = milliseconds(9000)});
  all_hello();
  const auto before = actions_.deadlines.size();
  run_->on_deadline();  // the client is still reading them
  EXPECT_EQ(actions_.deadlines.size(), before);

  run_->on(SyncSent{1000});
  run_->on(SyncSent{1000});
  EXPECT_EQ(actions_.deadlines.size(), before + 1);
  EXPECT_EQ(actions_.deadlines.back(), milliseconds(9000));
  for (const uint32_t node : {0U, 1U}) run_->on(SyncTaken{NodeId{node}, 2000});
  EXPECT_EQ(actions_.deadlines.size(), before + 1);  // h2 has not moved
  run_->on(SyncTaken{NodeId{2}, 500});
  EXPECT_EQ(actions_.deadlines.size(), before + 2);

  run_->on_deadline();
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(
      actions_.ended().errors,
      std::vector<std::string>{"h2: sync has made no progress for 9 s: see to the disk of its "
                               "home, or give it more time with --sync-timeout"});
}

TEST_F(JobRunTest, ANodeThatHasAllFilesMustSayThatTheyAreInPlace) {
  start(2, {.run = "r", .syncs_files = true, .sync_timeout = milliseconds(9000)});
  all_hello();
  run_->on(SyncSent{10});
  run_->on(SyncSent{0});
  for (const uint32_t node : {0U, 1U}) run_->on(SyncTaken{NodeId{node}, 10});
  end(0, Stage::sync);
  run_->on_deadline();
  ASSERT_EQ(actions_.told<StopRanks>().size(), 1U);
  all_quiet();
  EXPECT_EQ(actions_.ended().errors.size(), 1U);
}

TEST_F(JobRunTest, WithoutATimeoutASyncMayTakeAsLongAsItDoes) {
  start(1, {.run = "r", .syncs_files = true, .sync_timeout = milliseconds(0)});
  all_hello();
  run_->on(SyncSent{10});
  run_->on_deadline();
  EXPECT_TRUE(actions_.told<StopRanks>().empty());
}

TEST_F(JobRunTest, ARankThatFailedBeforeItsNodeWasLostKeepsItsCode) {
  start(3, {.run = "r"});
  all_hello();
  end(1, Stage::run, 7);
  end(2, Stage::run, 0);
  for (const uint32_t node : {1U, 2U}) cluster_->on(NodeLost{NodeId{node}, "silent for 5 s"});
  quiet(0);
  const JobEnded ended = actions_.ended();
  EXPECT_EQ(ended.state, JobState::failed);
  EXPECT_FALSE(ended.ranks[1].lost);
  EXPECT_TRUE(ended.ranks[1].first);
  EXPECT_EQ(ended.ranks[1].status.code, 7);
  EXPECT_TRUE(ended.ranks[2].lost);  // what it left there cannot be seen
}

TEST_F(JobRunTest, TheFirstFailingRankStopsTheOthersAndDecides) {
  start(3, {.run = "r", .grace = milliseconds(5000)});
  all_hello();
  end(2, Stage::run, 7);
  EXPECT_EQ(actions_.told<StopRanks>(), (std::vector<StopRanks>{{milliseconds(5000)}}));

  end(0, Stage::run, 9);  // it ends otherwise than well because it is stopped
  end(1, Stage::run, 0);
  all_quiet();
  const JobEnded ended = actions_.ended();
  EXPECT_EQ(ended.state, JobState::failed);
  EXPECT_TRUE(ended.ranks[2].first);
  EXPECT_FALSE(ended.ranks[2].stopped);
  EXPECT_TRUE(ended.ranks[0].stopped);
  EXPECT_FALSE(ended.ranks[1].stopped);
  EXPECT_EQ(actions_.told<StopRanks>().size(), 1U);  // told once
}

TEST_F(JobRunTest, FailingSetupLetsNothingRun) {
  start(2);
  all_hello();
  end(1, Stage::setup, 1);
  end(0, Stage::setup);
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_setup);
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::setup}}));
}

TEST_F(JobRunTest, AnErrorOutsideTheProgramIsNamedWithItsHost) {
  start(2, {.run = "r", .syncs_files = true});
  all_hello();
  run_->on(StageEnded{.node = NodeId{1}, .stage = Stage::sync, .error = "disk full"});
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(actions_.ended().errors, std::vector<std::string>{"h1: disk full"});
}

TEST_F(JobRunTest, TheEndWaitsUntilNoProcessIsLeft) {
  start(2, {.run = "r"});
  all_hello();
  all_end(Stage::run);
  quiet(0);
  EXPECT_TRUE(actions_.shown<JobEnded>().empty());
  quiet(1);
  EXPECT_EQ(actions_.ended().state, JobState::succeeded);
}

TEST_F(JobRunTest, ALostParentTakesThoseWithItThatItStarted) {
  by_client_ = {4};
  start(5, {.run = "r"});
  all_hello();
  cluster_->on(NodeLost{NodeId{1}, "gone"});  // h3 hangs below it, h4 below the client
  for (const uint32_t node : {0, 2}) quiet(node);
  EXPECT_TRUE(actions_.shown<JobEnded>().empty());
  quiet(4);
  const JobEnded ended = actions_.ended();
  EXPECT_TRUE(ended.ranks[3].lost);
  EXPECT_FALSE(ended.ranks[4].lost);
}

TEST_F(JobRunTest, CancelStopsWithGraceAndASecondOneKills) {
  start(2, {.run = "r", .grace = milliseconds(5000)});
  all_hello();
  run_->on(Cancel{});
  run_->on(Cancel{.at_once = true});
  EXPECT_EQ(actions_.told<StopRanks>(),
            (std::vector<StopRanks>{{milliseconds(5000)}, {milliseconds(0)}}));
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::cancelled);
}

TEST_F(JobRunTest, WhatTheClientCannotGoOnWithIsAnError) {
  start(1, {.run = "r", .syncs_files = true});
  all_hello();
  run_->on(Cancel{.errors = {"/x: Permission denied"}});
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(actions_.ended().errors, std::vector<std::string>{"/x: Permission denied"});
}

TEST_F(JobRunTest, WithoutItsClientAJobHasThreeSecondsAtMost) {
  start(2, {.run = "r", .grace = milliseconds(30000)});
  all_hello();
  run_->on_client_lost(cluster_->lose_client());
  EXPECT_EQ(actions_.told<StopRanks>(), (std::vector<StopRanks>{{milliseconds(3000)}}));
}

TEST_F(JobRunTest, ALostNodeIsNamedAndTakesThoseBelowItAlong) {
  start(7, {.run = "r"});
  all_hello();
  cluster_->on(NodeLost{NodeId{1}, "silent for 5 s"});  // h3 and h4 hang below it
  for (const uint32_t node : {0U, 2U, 5U}) quiet(node);
  EXPECT_TRUE(actions_.shown<JobEnded>().empty());
  quiet(6);
  const JobEnded ended = actions_.ended();
  EXPECT_EQ(ended.state, JobState::failed_driver);
  EXPECT_EQ(ended.errors, std::vector<std::string>{"h1: node lost: silent for 5 s"});
  for (const uint32_t node : {1U, 3U, 4U}) EXPECT_TRUE(ended.ranks[node].lost) << node;
  EXPECT_TRUE(ended.ranks[1].first);
}

TEST_F(JobRunTest, ANodeThatLostItsShepherdFirstIsNamedOnce) {
  start(3);
  all_hello();
  run_->on(ShepherdLost{.node = NodeId{1}, .why = "its shepherd was killed"});
  cluster_->on(NodeLost{NodeId{1}, "connection closed"});
  quiet(0);
  quiet(2);
  EXPECT_EQ(actions_.ended().errors,
            (std::vector<std::string>{"h1: node lost: its shepherd was killed"}));
  EXPECT_TRUE(actions_.ended().ranks[1].first);
}

TEST_F(JobRunTest, HostsThatCannotBeStartedAreAllNamed) {
  start(4, {.run = "r"});
  hello(0);
  hello(1);
  cluster_->on(StartFailed{
      .node = NodeId{2}, .by = NodeId{0}, .refused = true, .why = "Connection refused"});
  cluster_->on(StartFailed{
      .node = NodeId{3}, .by = NodeId{1}, .phase = StartPhase::starting, .why = "no answer"});
  quiet(0);
  quiet(1);
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(actions_.ended().errors,
            (std::vector<std::string>{"h2: connecting from h0: Connection refused",
                                      "h3: starting skyrund: no answer"}));
  EXPECT_TRUE(actions_.told<StartStage>().empty());
}

TEST_F(JobRunTest, TheClientIsAskedToStartWhatANodeWasRefused) {
  start(6, {.run = "r"}, true);
  hello(0);
  cluster_->on(
      StartFailed{.node = NodeId{2}, .by = NodeId{0}, .refused = true, .why = "Permission denied"});
  ASSERT_EQ(actions_.client.size(), 1U);
  const auto adopt = std::get<Adopt>(actions_.client[0]);
  EXPECT_EQ(adopt.why, "h0 cannot start h2: Permission denied");
  // With h5, which would have hung below it.
  EXPECT_EQ(adopt.nodes, (std::vector<NodeId>{NodeId{2}, NodeId{5}}));

  // The client's own failure is the end.
  cluster_->on(
      StartFailed{.node = NodeId{2}, .by = kClient, .refused = true, .why = "Permission denied"});
  for (const uint32_t node : {1U, 3U, 4U, 5U}) hello(node);
  EXPECT_EQ(actions_.told<StartStage>().size(), 0U);
}

TEST_F(JobRunTest, ALostNodeHasNoMoreToSay) {
  start(2, {.run = "r"});
  all_hello();
  cluster_->on(NodeLost{.node = NodeId{1}, .why = "it sent Adopt"});
  hello(1);
  end(1, Stage::run);
  quiet(0);
  const auto ended = actions_.ended();
  EXPECT_TRUE(ended.ranks[1].lost);
  EXPECT_FALSE(ended.ranks[1].started);
}

TEST_F(JobRunTest, ANodeEndsAStageOnce) {
  start(2, {.run = "r"});
  all_hello();
  end(1, Stage::run);
  end(1, Stage::run, 7);
  EXPECT_TRUE(actions_.told<StopRanks>().empty());
  end(0, Stage::run);
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::succeeded);
}

TEST_F(JobRunTest, ANodeThatSaysMoreThanCanBePassedOnIsNamed) {
  start(3, {.run = "r"});
  hello(0);
  cluster_->on(Hello{.node = NodeId{1}, .machine = std::string(size_t{1} << 20U, 'm')});
  cluster_->on(Hello{.node = NodeId{1}, .machine = std::string(size_t{8} << 20U, 'n')});
  EXPECT_TRUE(actions_.told<StopRanks>().empty()) << "a second hello counts for nothing";
  cluster_->on(Hello{.node = NodeId{2}, .machine = std::string(size_t{7} << 20U, 'o')});
  all_quiet();
  EXPECT_EQ(actions_.ended().errors,
            std::vector<std::string>{"h2: says more of itself than can be passed on"});
}

TEST_F(JobRunTest, ANodeWhoseMachineIsNoneIsNamed) {
  start(2, {.run = "r"});
  hello(1, "\xff");
  hello(0);
  all_quiet();
  EXPECT_EQ(actions_.ended().errors,
            std::vector<std::string>{"h1: a machine is refused: it does not parse"});
}

TEST_F(JobRunTest, SilenceUntilTheDeadlineIsNamed) {
  start(3, {.run = "r"});
  hello(0);
  run_->on_deadline();
  quiet(0);
  EXPECT_EQ(actions_.ended().errors, (std::vector<std::string>{"h1: no word of it within 60 s",
                                                               "h2: no word of it within 60 s"}));
}

TEST_F(JobRunTest, ProcessesThatCannotBeEndedAreNamed) {
  start(2, {.run = "r"});
  all_hello();
  run_->on(Cancel{});
  quiet(0);
  run_->on_deadline();
  EXPECT_EQ(actions_.ended().errors,
            std::vector<std::string>{"h1: its processes could not be ended in time"});
}

TEST_F(JobRunTest, AJobIsPlacedBeforeItsNodesHearOfIt) {
  wishes_.resources.candidates = {{.cpus = 2}};
  wishes_.placement.display_map = true;
  start(2, {.run = "r"});
  for (uint32_t i = 0; i < 2; ++i)
    hello(i, encode_machine(MachineShape("1 package x 4 core").build()));
  EXPECT_EQ(actions_.shown<Placed>(),
            (std::vector<Placed>{{.addresses = {"10.0.0.0", "10.0.0.1"},
                                  .map = "map-by slot, rank-by slot, bind-to none\n"
                                         "rank 0 on h0: not bound\nrank 1 on h1: not bound\n"}}));
  const auto prepare = actions_.told<Prepare>().at(0);
  EXPECT_EQ(prepare.seats.seat_of, (std::vector<uint32_t>{0, 0}));
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::run}}));
}

TEST_F(JobRunTest, NodesThatFallShortEndTheJobBeforeTheyHearOfIt) {
  wishes_.resources.candidates = {{.cpus = 8}};
  start(2, {.run = "r"});
  all_hello();
  ASSERT_EQ(actions_.shown<Placed>().size(), 1U);
  EXPECT_TRUE(actions_.shown<Placed>()[0].refused);
  EXPECT_TRUE(actions_.told<Prepare>().empty());
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(actions_.ended().errors,
            (std::vector<std::string>{"h0: asks for 8 CPUs, has 4 CPUs",
                                      "h1: asks for 8 CPUs, has 4 CPUs; --skip-resource-check runs "
                                      "the job all the same"}));
}

TEST_F(JobRunTest, ATaskOfAGroupWaitsForTheOthers) {
  start(2, {.group = "g", .run = "r"});
  all_hello();
  EXPECT_EQ(actions_.shown<Placed>().size(), 1U);
  EXPECT_TRUE(actions_.nodes.empty());

  run_->on(Introduce{"10.0.0.0 a-0.g\n"});
  run_->on(Introduce{"10.0.0.0 bank.example\n"});  // too late
  all_prepared();
  ASSERT_EQ(actions_.told<Prepare>().size(), 1U);
  EXPECT_EQ(actions_.told<Prepare>()[0].etc_hosts, "10.0.0.0 a-0.g\n");
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::run}}));
}

TEST_F(JobRunTest, WhatIsTooMuchForEveryNodeIsSaid) {
  start(2, {.group = "g", .run = "r"});
  all_hello();
  run_->on(Introduce{std::string(size_t{16} << 20U, 'x')});
  all_quiet();
  EXPECT_EQ(actions_.ended().errors,
            std::vector<std::string>{
                "what every node is told takes 16.0 MiB, 0.0 of them seats of ranks (--map-by, "
                "--gpus), 16.0 names of the job group; at most 15 can be sent"});
}

TEST_F(JobRunTest, NoStageBeginsBeforeEveryNodeHasItsDirectories) {
  prepares_ = false;
  start(2, {.run = "r"});
  all_hello();
  run_->on(Prepared{.node = NodeId{1}});
  run_->on(Prepared{.node = NodeId{1}});
  EXPECT_TRUE(actions_.told<StartStage>().empty());
  run_->on(Prepared{.node = NodeId{0}});
  EXPECT_EQ(actions_.told<StartStage>(), (std::vector<StartStage>{{Stage::run}}));
}

TEST_F(JobRunTest, AWorkdirThatIsTakenOnOneNodeIsLeftOnAll) {
  prepares_ = false;
  start(2, {.setup = "s", .run = "r"});
  all_hello();
  run_->on(Prepared{.node = NodeId{0}, .workdir_taken = true});
  run_->on(Prepared{.node = NodeId{1}});
  all_end(Stage::setup);
  EXPECT_EQ(actions_.told<StartStage>(),
            (std::vector<StartStage>{{Stage::setup, true}, {Stage::run, true}}));
}

TEST_F(JobRunTest, ANodeWithoutRoomForTheJobEndsIt) {
  prepares_ = false;
  start(2, {.run = "r"});
  all_hello();
  run_->on(Prepared{.node = NodeId{1}, .error = "no room"});
  all_quiet();
  EXPECT_EQ(actions_.ended().state, JobState::failed_driver);
  EXPECT_EQ(actions_.ended().errors, std::vector<std::string>{"h1: no room"});
  EXPECT_TRUE(actions_.told<StartStage>().empty());
}

TEST_F(JobRunTest, ANodeThatDoesNotAnswerIsNamedAtTheDeadline) {
  prepares_ = false;
  start(2, {.run = "r"});
  all_hello();
  run_->on(Prepared{.node = NodeId{0}});
  run_->on_deadline();
  all_quiet();
  EXPECT_EQ(actions_.ended().errors, std::vector<std::string>{"h1: no word of it within 60 s"});
}

TEST_F(JobRunTest, WordsOfNodesThatAreNotThereChangeNothing) {
  start(1, {.run = "r"});
  hello(5);
  cluster_->on(NodeLost{NodeId{5}, "x"});
  end(5, Stage::run, 1);
  quiet(5);
  EXPECT_EQ(run_->phase(), JobPhase::connecting);
  EXPECT_TRUE(actions_.nodes.empty());
}

}  // namespace
}  // namespace skyrun
