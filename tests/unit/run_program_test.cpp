// SPDX-License-Identifier: Apache-2.0
#include "core/run_program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "core/signal_hold.h"

namespace skyrun {
namespace {

Result<ProgramEnd> run_bash(const std::string& script) {
  return run_program({.argv = {"bash", "-c", script}});
}

TEST(RunProgramTest, BothOutputsAndTheStatusComeBack) {
  const auto end = run_bash("echo out; echo err >&2; exit 3");
  ASSERT_TRUE(end) << end.error().text();
  EXPECT_EQ(end->out, "out\n");
  EXPECT_EQ(end->err, "err\n");
  EXPECT_EQ(end->status.code, 3);
}

TEST(RunProgramTest, MuchOutputOnBothBlocksNobody) {
  const auto end = run_bash("head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero");
  ASSERT_TRUE(end) << end.error().text();
  EXPECT_EQ(end->out.size(), 1000000U);
  EXPECT_EQ(end->err.size(), 1000000U);
}

TEST(RunProgramTest, WhatCannotBeExecutedIsAnError) {
  const auto end = run_program({.argv = {"/nowhere/program"}});
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().text(), "/nowhere/program: No such file or directory");
}

int delivered = 0;

TEST(RunProgramTest, ASignalThatIsHeldEndsTheProgramAndComesAfterwards) {
  delivered = 0;
  std::signal(SIGTERM, [](int signo) { delivered = signo; });
  {
    const SignalHold hold;
    ::kill(::getpid(), SIGTERM);
    const auto end = run_bash("exec sleep 1000");
    ASSERT_TRUE(end) << end.error().text();
    EXPECT_EQ(end->status.signal, SIGTERM);
    EXPECT_EQ(delivered, 0);
  }
  EXPECT_EQ(delivered, SIGTERM);
  std::signal(SIGTERM, SIG_DFL);
}

}  // namespace
}  // namespace skyrun
