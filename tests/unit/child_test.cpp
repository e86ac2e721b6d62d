// SPDX-License-Identifier: Apache-2.0
//
// One start with a real process: the launch agent is a shell that does what the test says.
#include "bringup/child.h"

#include <fmt/format.h>

#include "bringup/agent_starter.h"
#include "fabric/greeting.h"
#include "tests/support/loop_test.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

/// As printf writes it.
std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
  return text;
}

std::string frame() {
  std::string bytes;
  append_packet(bytes, Frame{.to = To::head, .body = "x"});
  return "printf '" + escaped(bytes) + "'; ";
}

class ChildTest : public LoopTest {
 protected:
  void start(const std::string& script, Millis patience = Millis(10000)) {
    Bootstrap bootstrap{.self = {.id = NodeId{7}, .host = "h7"},
                        .launch = {.agent = {"/bin/sh", "-c", greet_ + script}}};
    child_.emplace(
        loop_, reaper_, std::move(bootstrap), patience,
        Branch::Events{
            .on_frame = [this](const Frame&, const Receipt&) { ++frames_; },
            .on_greeted = [this] { ++greetings_; },
            .on_start_failed = [this](const StartFailed& why) { failed_.push_back(why); },
            .on_lost = [this](const std::string& why) { lost_.push_back(why); },
            .on_gone = [] {}});
    EXPECT_TRUE(child_->start());
    EXPECT_FALSE(child_->start());
  }

  /// The failure, which is told once.
  StartFailed failure() {
    EXPECT_TRUE(run_until([this] { return !failed_.empty(); }));
    run_for(Millis(20));
    EXPECT_EQ(failed_.size(), 1U);
    EXPECT_TRUE(lost_.empty());
    return failed_.empty() ? StartFailed() : failed_[0];
  }

  const std::string greet_ = "greet() { printf '" + escaped(kGreeting) + "'; }; ";
  Reaper reaper_{loop_};
  int frames_ = 0;
  int greetings_ = 0;
  std::vector<StartFailed> failed_;
  std::vector<std::string> lost_;
  std::optional<Child> child_;
};

TEST_F(ChildTest, ItIsUpWithItsFirstFrameAndLostInTheAgentsLastWords) {
  start("greet; " + frame() + "sleep 0.1; echo 'Timeout, server' >&2; exit 255");
  EXPECT_TRUE(run_until([this] { return child_->up(); }));
  EXPECT_EQ(greetings_, 1);
  EXPECT_TRUE(run_until([this] { return !lost_.empty(); }));
  EXPECT_TRUE(lost_[0].ends_with(": Timeout, server")) << lost_[0];
  EXPECT_FALSE(child_->linked());
}

TEST_F(ChildTest, AnAgentThatIsDeniedIsARefusal) {
  start("echo 'Permission denied (publickey).' >&2; exit 255");
  const auto failed = failure();
  EXPECT_EQ(failed.node, NodeId{7});
  EXPECT_TRUE(failed.refused);
  EXPECT_EQ(failed.phase, StartPhase::connecting);
}

TEST_F(ChildTest, AShellThatWasReachedRefusesNobody) {
  start("echo skyrun-shell; echo 'no such file' >&2; exit 127");
  const auto failed = failure();
  EXPECT_FALSE(failed.refused);
  EXPECT_EQ(failed.phase, StartPhase::starting);
}

TEST_F(ChildTest, WhatMayPassIsTriedAgainAndToldAllAgain) {
  const TemporaryDirectory directory;
  const std::string mark = directory.path() + "/tried";
  start(
      fmt::format("if ! test -e {0}; then touch {0}; "
                  "echo 'kex_exchange_identification: Connection reset by peer' >&2; exit 255; "
                  "fi; greet; {1}read line; cat >/dev/null",
                  mark, frame()));
  child_->send({.to = To::peer, .body = "\n"}, nullptr);
  EXPECT_TRUE(run_until([this] { return child_->up(); }));
  EXPECT_TRUE(failed_.empty());
}

TEST_F(ChildTest, AnotherBuildIsNamed) {
  start("printf '\\001skyrund-stream-2 9.9\\n'; sleep 10");
  const auto failed = failure();
  EXPECT_NE(failed.why.find("runs skyrun 9.9, the client " SKYRUN_VERSION), std::string::npos)
      << failed.why;
  EXPECT_EQ(greetings_, 0);
}

TEST_F(ChildTest, ADeadlineIsToldWithWhatTheAgentHasSaid) {
  start("echo 'waiting for a key' >&2; sleep 100", Millis(300));
  EXPECT_EQ(failure().why, "no answer within 0 s: waiting for a key");
  EXPECT_TRUE(run_until([this] { return child_->gone(); }));
}

TEST_F(ChildTest, NothingIsToldOnceItIsClosed) {
  start("exit 3");
  child_->close();
  run_for(Millis(100));
  EXPECT_TRUE(failed_.empty() && lost_.empty());
  EXPECT_TRUE(child_->gone());
}

TEST_F(ChildTest, NoMoreAgentsConnectAtOnceThanTheStarterMay) {
  AgentStarter starter(loop_, reaper_);
  std::vector<Bootstrap> nodes(AgentStarter::kMaxStarting + 2);
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    nodes[i].self = {.id = NodeId{i}, .host = "h"};
    nodes[i].launch.agent = {"/bin/sh", "-c", i == 0 ? "exit 3" : "exec sleep 100"};
  }
  const auto branches = starter.start(std::move(nodes), Millis(60000), [](NodeId) {
    return Branch::Events{.on_lost = [](const std::string&) {}, .on_gone = [] {}};
  });
  EXPECT_TRUE(branches[AgentStarter::kMaxStarting - 1]->pid() != 0);
  EXPECT_TRUE(branches[AgentStarter::kMaxStarting]->gone());
  EXPECT_TRUE(run_until([&branches] { return !branches[AgentStarter::kMaxStarting]->gone(); }));
  EXPECT_TRUE(branches[AgentStarter::kMaxStarting + 1]->gone());
}

}  // namespace
}  // namespace skyrun
