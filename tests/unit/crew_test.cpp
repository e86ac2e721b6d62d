// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/crew.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "tests/support/loop_test.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

/// The ranks of a shell program on the second of two nodes: 1 and 3 of four.
class CrewTest : public LoopTest {
 protected:
  void start(const std::string& program, const std::string& directory = "/") {
    prepare_.job = {.task_id = "t",
                    .log_name = "sky-t",
                    .num_nodes = 2,
                    .apps = {{.argv = {"/bin/sh", "-c", program},
                              .variables = {{"RANK", "%{rank}"}},
                              .directory = directory,
                              .ranks = 4}},
                    .linger = Millis(2000)};
    prepare_.seats.ranks = to_rank_map({0, 1, 0, 1}, 2);
    directories_.emplace(JobDirectories::create(prepare_.job, NodeId{1}, home_.path()).value());
    ASSERT_TRUE(crew_.start(Stage::run, {prepare_, NodeId{1}, *directories_, home_.path()}));
  }

  void on(const Message& message) {
    if (const auto* output = std::get_if<Output>(&message))
      said_[{output->rank.value, output->stream}] += output->bytes;
    if (const auto* ended = std::get_if<StageEnded>(&message)) ended_.push_back(*ended);
    if (const auto* notice = std::get_if<Notice>(&message)) notices_.push_back(notice->text);
    quiet_ = quiet_ || std::holds_alternative<NodeQuiet>(message);
  }

  bool await_all() {
    return run_until([this] { return !ended_.empty() && ended_.back().left == 0; });
  }

  TemporaryDirectory home_;
  Reaper reaper_{loop_};
  Crew crew_{loop_,
             reaper_,
             {.send = [this](const Message& message) { on(message); },
              .anybody_left = [] { return false; }}};
  Prepare prepare_;
  std::optional<JobDirectories> directories_;
  std::map<std::pair<uint32_t, Stream>, std::string> said_;
  std::vector<StageEnded> ended_;
  std::vector<std::string> notices_;
  bool quiet_ = false;
};

TEST_F(CrewTest, RanksKeepTheirStreamsApartAndEndAsOne) {
  start("echo out $RANK; echo err $RANK >&2");
  ASSERT_TRUE(await_all());
  for (const uint32_t rank : {1U, 3U}) {
    const std::string number = std::to_string(rank) + "\n";
    EXPECT_EQ((said_[{rank, Stream::out}]), "out " + number);
    EXPECT_EQ((said_[{rank, Stream::err}]), "err " + number);
  }
  ASSERT_EQ(ended_.size(), 1U);
  EXPECT_EQ(ended_[0].ranks, (std::vector<RankEnd>{{.count = 2}}));
  EXPECT_TRUE(quiet_);
  EXPECT_TRUE(notices_.empty());
}

TEST_F(CrewTest, AFailureIsSaidWhileOthersGoOn) {
  start("[ $RANK = 1 ] || exit 7; read nothing < " + home_.path() + "/never || exec sleep 0.3");
  ASSERT_TRUE(run_until([this] { return !ended_.empty(); }));
  EXPECT_EQ(ended_[0].left, 1U);
  ASSERT_EQ(ended_[0].ranks.size(), 1U);
  EXPECT_EQ(ended_[0].ranks[0].first, LocalRank{1});
  EXPECT_EQ(ended_[0].ranks[0].status.code, 7);
  EXPECT_NE(ended_[0].ranks[0].pid, 0U);
  EXPECT_FALSE(quiet_);
  ASSERT_TRUE(await_all());
  EXPECT_TRUE(quiet_);
}

TEST_F(CrewTest, WhereTheDirectoryIsMissingTheyStartInTheHomeAndSaySoOnce) {
  start("pwd -P", "/nowhere");
  ASSERT_TRUE(await_all());
  EXPECT_EQ((said_[{3, Stream::out}]), home_.path() + "\n");
  EXPECT_EQ(notices_,
            std::vector<std::string>{"/nowhere is not here: ranks start in " + home_.path()});
}

TEST_F(CrewTest, WhatCannotBeStartedHasEndedWith127) {
  start("true");
  ASSERT_TRUE(await_all());
  ended_.clear();
  Crew other(loop_, reaper_,
             {.send = [this](const Message& message) { on(message); },
              .anybody_left = [] { return false; }});
  prepare_.job.apps[0].argv = {"no-such-program"};
  ASSERT_TRUE(other.start(Stage::run, {prepare_, NodeId{1}, *directories_, home_.path()}));
  const RankEnd missing{
      .count = 2, .status = {.code = 127}, .error = "no-such-program: no such program in PATH"};
  ASSERT_EQ(ended_.size(), 1U);
  EXPECT_EQ(ended_[0].ranks, std::vector<RankEnd>{missing});
  EXPECT_EQ(ended_[0].left, 0U);
}

TEST_F(CrewTest, ANodeWithoutRanksHasEndedAtOnce) {
  prepare_.job = {.num_nodes = 3, .apps = {{.argv = {"x"}}}};
  prepare_.seats.ranks = to_rank_map({0}, 3);
  directories_.emplace(
      JobDirectories::create({.task_id = "t", .log_name = "sky-t"}, NodeId{2}, home_.path())
          .value());
  ASSERT_TRUE(crew_.start(Stage::run, {prepare_, NodeId{2}, *directories_, home_.path()}));
  ASSERT_EQ(ended_.size(), 1U);
  EXPECT_TRUE(ended_[0].ranks.empty());
  EXPECT_TRUE(quiet_);
}

}  // namespace
}  // namespace skyrun
