// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/wait_report.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using Text = std::optional<std::string>;
using namespace std::chrono_literals;

TEST(WaitReportTest, WhoIsStillRunningAfterOthersEndedIsSaidOnceAMinute) {
  WaitReport report;
  report.on({.stage = Stage::run, .total = 4}, "run 0/4", 0s);
  EXPECT_EQ(report.due(1h), Text());  // all are running: that is what a job does

  report.on({.stage = Stage::run, .done = 2, .total = 4}, "run 2/4, waiting for h1, h3", 3600s);
  EXPECT_EQ(report.due(3659s), Text());
  EXPECT_EQ(report.due(3660s), Text("run 2/4, waiting for h1, h3"));
  EXPECT_EQ(report.due(3661s), Text());
  report.on({.stage = Stage::run, .done = 3, .total = 4}, "run 3/4, waiting for h3", 3700s);
  EXPECT_EQ(report.due(3720s), Text("run 3/4, waiting for h3"));

  report.on({.stage = Stage::run, .done = 4, .total = 4}, "run 4/4", 3800s);
  EXPECT_EQ(report.due(2h), Text());
}

TEST(WaitReportTest, AStageHasAMinuteOfItsOwn) {
  WaitReport report;
  report.on({.stage = Stage::setup, .done = 1, .total = 2}, "setup 1/2, waiting for h1", 0s);
  report.on({.stage = Stage::run, .done = 1, .total = 2}, "run 1/2, waiting for h0", 50s);
  EXPECT_EQ(report.due(60s), Text());
  EXPECT_EQ(report.due(110s), Text("run 1/2, waiting for h0"));
  report.stop();
  EXPECT_EQ(report.due(1h), Text());
}

}  // namespace
}  // namespace skyrun
