// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/head_watch.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

/// The margins that a head has beside what the person allows are cut away here.
class HeadWatchTest : public LoopTest {
 protected:
  static constexpr HeadWatch::Margins kNone{Millis(0), Millis(0), Millis(100)};

  HeadWatch watch_{loop_, Millis(20), [this](const std::string& why) { overdue_ = why; }, kNone};
  std::optional<std::string> overdue_;

  bool becomes_overdue() {
    return run_until([this] { return overdue_.has_value(); });
  }
  void stays_quiet() {
    run_for(Millis(60));
    EXPECT_FALSE(overdue_) << *overdue_;
  }
};

TEST_F(HeadWatchTest, AHeadThatNeverSaysThatItsNodesAreUpIsOverdue) {
  watch_.on(Progress{});
  run_for(Millis(10));
  watch_.on(Progress{});  // puts nothing off
  EXPECT_TRUE(becomes_overdue());
  EXPECT_EQ(*overdue_, "waiting for its nodes: no word within 0 s that they are up");
}

TEST_F(HeadWatchTest, ItsProgramsTakeTheTimeTheyNeed) {
  watch_.on(Progress{});
  watch_.on(Placed{});
  stays_quiet();
}

TEST_F(HeadWatchTest, TheClientsOwnAnswerIsNotTheHeadsToHurry) {
  watch_.on(Progress{});
  watch_.on(Placed{});
  stays_quiet();
}

TEST_F(HeadWatchTest, AHeadThatDoesNotEndTheJobIsOverdue) {
  watch_.on(Placed{});
  watch_.on_cancel(Millis(20));
  EXPECT_TRUE(becomes_overdue());
  EXPECT_EQ(*overdue_, "waiting for the end of the job: no word of it for 0 s");
}

TEST_F(HeadWatchTest, WhatRanksWroteIsNotWaitedForBeforeTheEnd) {
  watch_.on(Placed{});
  watch_.on(StopRanks{Millis(20)});
  Timer rank(loop_, [this] { watch_.on(Output{}); });
  rank.repeat(Millis(1));
  EXPECT_TRUE(becomes_overdue());
}

TEST_F(HeadWatchTest, AHeadThatEndsTheJobAndKeepsItsLinesIsOverdue) {
  watch_.on(Placed{});
  watch_.on(JobEnded{});
  EXPECT_TRUE(becomes_overdue());
  EXPECT_EQ(*overdue_, "waiting for the last lines of the job: no word of it for 0 s");
}

TEST_F(HeadWatchTest, EachOfTheLastLinesHasItsTime) {
  watch_.on(Placed{});
  watch_.on(JobEnded{});
  int said = 0;
  Timer rank(loop_, [this, &said] {  // due before the deadline, however slow this machine is
    watch_.on(Output{});
    ++said;
  });
  rank.repeat(Millis(10));
  run_until([&said] { return said == 25; });
  EXPECT_FALSE(overdue_);
  rank.stop();
  EXPECT_TRUE(becomes_overdue());
}

TEST_F(HeadWatchTest, OnceAllIsHereItOwesNothing) {
  watch_.on(Placed{});
  watch_.on(JobEnded{});
  watch_.end();
  stays_quiet();
}

}  // namespace
}  // namespace skyrun
