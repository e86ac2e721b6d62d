// SPDX-License-Identifier: Apache-2.0
#include "bringup/branches.h"

#include <string>

#include "tests/support/fake_starter.h"
#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

/// Three daemons, n1 to n3, that a FakeStarter has started; of them n1 and n2 have greeted.
class BranchesTest : public LoopTest {
 protected:
  BranchesTest()
      : branches_(loop_, std::make_unique<FakeStarter>(daemons_, killed_),
                  {.on_frame = [this](NodeId child, const Frame&,
                                      const Receipt&) { note("frame", child); },
                   .on_start_failed = [this](const StartFailed& f) { note("failed", f.node); },
                   .on_lost = [this](NodeId child, const std::string&) { note("lost", child); },
                   .on_all_gone = [this] { seen_.emplace_back("all gone"); }}) {
    std::vector<Bootstrap> nodes(3);
    for (uint32_t i = 0; i < 3; ++i) nodes[i].self.id = NodeId{i + 1};
    branches_.start(std::move(nodes), Millis(1000));
    daemons_[1].greet();
    daemons_[2].greet();
  }

  void note(const char* what, NodeId child) {
    seen_.push_back(what + std::string(" n") + std::to_string(child.value));
  }

  /// What was told, in this turn or the next.
  std::vector<std::string> told() {
    run_for(Millis(5));
    return std::exchange(seen_, {});
  }

  using Texts = std::vector<std::string>;

  FakeStarter::Daemons daemons_;
  std::vector<NodeId> killed_;
  Texts seen_;
  Branches branches_;
};

TEST_F(BranchesTest, WhatADaemonDoesIsToldWithItsNumber) {
  daemons_[1].events.on_frame({}, nullptr);
  daemons_[2].events.on_lost("closed");
  daemons_[3].events.on_start_failed({.node = NodeId{3}});
  EXPECT_EQ(told(), (Texts{"frame n1", "lost n2", "failed n3"}));
}

TEST_F(BranchesTest, WhatIsSentReachesTheOneThatItIsFor) {
  branches_.send(NodeId{3}, {.to = To::peer});
  branches_.send(NodeId{9}, {.to = To::peer});
  EXPECT_TRUE(daemons_[1].sent.empty() && daemons_[2].sent.empty());
  EXPECT_EQ(daemons_[3].sent.size(), 1U);
}

TEST_F(BranchesTest, ThoseThatHaveNotGreetedAreNotWaitedForAtTheEnd) {
  branches_.await_end(Millis(1000));
  EXPECT_EQ(killed_, std::vector<NodeId>{NodeId{3}});
  daemons_[3].events.on_start_failed({.node = NodeId{3}});
  daemons_[1].events.on_frame({}, nullptr);
  daemons_[1].events.on_lost("closed");
  for (const uint32_t i : {3, 1}) daemons_[i].go();
  EXPECT_EQ(told(), Texts{"frame n1"});  // no loss once it is to end
  daemons_[2].go();
  EXPECT_EQ(told(), Texts{"all gone"});
}

TEST_F(BranchesTest, WhoeverStaysIsKilled) {
  branches_.close(Millis(1));
  for (const uint32_t i : {2, 3}) daemons_[i].go();
  run_for(Millis(20));
  EXPECT_NE(std::find(killed_.begin(), killed_.end(), NodeId{1}), killed_.end());
  EXPECT_EQ(branches_.pids(), std::vector<pid_t>{1001});
  daemons_[1].go();
  EXPECT_EQ(told(), Texts{"all gone"});
}

TEST_F(BranchesTest, NothingIsStartedOnceItEnds) {
  branches_.await_end(Millis(1000));
  std::vector<Bootstrap> late(1);
  late[0].self.id = NodeId{4};
  branches_.start(std::move(late), Millis(1000));
  EXPECT_EQ(daemons_.count(4), 0U);
}

TEST_F(BranchesTest, ADroppedOneIsClosedAndKilledAndNoOther) {
  branches_.drop(NodeId{2});
  branches_.drop(NodeId{9});
  EXPECT_TRUE(daemons_[2].closed);
  EXPECT_FALSE(daemons_[1].closed || daemons_[3].closed);
  EXPECT_EQ(killed_, std::vector<NodeId>{NodeId{2}});
}

}  // namespace
}  // namespace skyrun
