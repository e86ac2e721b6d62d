// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fabric/peer.h"
#include "tests/sim/fake_wire.h"

namespace skyrun {
namespace {

constexpr VirtualTime::Micros kSecond = 1'000'000;

Frame frame_of(Lane lane, std::string body, JobId job = JobId{1}) {
  return {.to = To::observers, .job = job, .lane = lane, .body = std::move(body)};
}

/// One end of a wire. It keeps what comes of the streams, as a screen does that is full.
struct Station {
  struct Arrival {
    Frame frame;
    VirtualTime::Micros at = 0;
  };

  explicit Station(VirtualTime& time) : clock(time) {}

  VirtualTime& clock;
  bool reads = true;
  std::vector<Arrival> got;
  std::vector<Receipt> held;
  std::optional<std::string> violation;
  Peer peer{{.on_frame =
                 [this](Frame frame, Receipt receipt) {
                   const bool keeps = !reads && frame.lane == Lane::streams;
                   got.push_back({std::move(frame), clock.now()});
                   if (keeps) held.push_back(std::move(receipt));
                 },
             .on_violation = [this](std::string what) { violation = std::move(what); }}};

  std::vector<std::string> bodies(Lane lane) const {
    std::vector<std::string> bodies;
    for (const auto& each : got) {
      if (each.frame.lane == lane) bodies.push_back(each.frame.body);
    }
    return bodies;
  }
  size_t bytes(Lane lane) const {
    size_t sum = 0;
    for (const auto& body : bodies(lane)) sum += body.size();
    return sum;
  }
};

class PeersTest : public ::testing::Test {
 protected:
  VirtualTime time_;
  Station here_{time_};
  Station there_{time_};
  std::unique_ptr<FakeWire> wire_ = std::make_unique<FakeWire>(time_, 1, FakeWire::Speed());

  void join() { wire_->join(here_.peer, there_.peer); }

  void replace_wire() {
    wire_->cut();
    wire_ = std::make_unique<FakeWire>(time_, 7, FakeWire::Speed());
    wire_->join(here_.peer, there_.peer, true);
  }
};

TEST_F(PeersTest, AKillPassesWhatIsBeforeIt) {
  join();
  constexpr size_t kMegabyte = 1U << 20U;
  for (int i = 0; i < 128; ++i) here_.peer.send(frame_of(Lane::bulk, std::string(kMegabyte, 'x')));
  time_.run_until(kSecond / 2);
  here_.peer.send(frame_of(Lane::control, "kill"));
  time_.run_until(kSecond / 2 + kSecond / 20);
  EXPECT_EQ(there_.bodies(Lane::control), std::vector<std::string>{"kill"});
  EXPECT_LT(there_.bytes(Lane::bulk), 64 * kMegabyte);
  time_.run();
  EXPECT_EQ(there_.bytes(Lane::bulk), 128 * kMegabyte);
}

TEST_F(PeersTest, WhatNobodyReadsHoldsUpItsOwnLaneAndJobAlone) {
  join();
  there_.reads = false;
  for (int i = 0; i < 100; ++i) here_.peer.send(frame_of(Lane::streams, std::string(65536, 'x')));
  time_.run();
  EXPECT_LE(there_.bytes(Lane::streams), window_of(Lane::streams));
  here_.peer.send(frame_of(Lane::control, "failure"));
  here_.peer.send(frame_of(Lane::streams, "of another job", JobId{2}));
  time_.run();
  EXPECT_EQ(there_.bodies(Lane::control), std::vector<std::string>{"failure"});
  EXPECT_EQ(there_.got.back().frame.job, JobId{2});
  there_.reads = true;
  there_.held.clear();
  time_.run();
  EXPECT_EQ(there_.bytes(Lane::streams), 100U * 65536 + 14);
}

TEST_F(PeersTest, JobsOfALaneTakeTurns) {
  for (int i = 0; i < 3; ++i) here_.peer.send(frame_of(Lane::streams, "1", JobId{1}));
  for (int i = 0; i < 3; ++i) here_.peer.send(frame_of(Lane::streams, "2", JobId{2}));
  join();
  time_.run();
  EXPECT_EQ(there_.bodies(Lane::streams), (std::vector<std::string>{"1", "2", "1", "2", "1", "2"}));
}

TEST_F(PeersTest, WhatIsTheClustersOwnGoesBeforeItsJobs) {
  for (int i = 0; i < 2; ++i) here_.peer.send(frame_of(Lane::control, "1", JobId{1}));
  for (int i = 0; i < 2; ++i) here_.peer.send(frame_of(Lane::control, "cluster", kNoJob));
  join();
  time_.run();
  EXPECT_EQ(there_.bodies(Lane::control),
            (std::vector<std::string>{"cluster", "cluster", "1", "1"}));
}

TEST_F(PeersTest, AFrameLargerThanItsWindowGoesWhole) {
  join();
  for (int i = 0; i < 3; ++i) here_.peer.send(frame_of(Lane::control, std::string(8U << 20U, 'x')));
  time_.run();
  EXPECT_EQ(there_.bytes(Lane::control), 3U * (8U << 20U));
  EXPECT_FALSE(there_.violation) << *there_.violation;
}

TEST_F(PeersTest, AReceiptEndsWhenItsFrameHasGone) {
  auto receipt = std::make_shared<int>(0);
  here_.peer.send(frame_of(Lane::streams, "x"), receipt);
  EXPECT_EQ(receipt.use_count(), 2);
  join();
  EXPECT_EQ(receipt.use_count(), 1);
}

TEST_F(PeersTest, AReceiptMayOutliveItsPeer) {
  Receipt receipt;
  {
    Peer peer({.on_frame = [&receipt](const Frame&, Receipt its) { receipt = std::move(its); }});
    peer.on_packet(frame_of(Lane::streams, std::string(1U << 20U, 'x')));
  }
  EXPECT_EQ(receipt.use_count(), 1);
  receipt.reset();
}

TEST_F(PeersTest, JobsThatAreOverAreForgotten) {
  join();
  for (uint32_t job = 1; job <= 5000; ++job) {
    here_.peer.send(frame_of(Lane::control, std::string(200, 'x'), JobId{job}));
    here_.peer.send(frame_of(Lane::streams, std::string(2000, 'x'), JobId{job}));
    time_.run();
    EXPECT_LT(here_.peer.channels() + there_.peer.channels(), 1500U);
  }
  there_.peer.send(frame_of(Lane::control, "and back"));  // what is granted goes with it
  time_.run();
  EXPECT_LE(here_.peer.channels() + there_.peer.channels(), 2U);
}

// Links that are replaced.

TEST_F(PeersTest, ALinkIsReplacedWithoutLosingRepeatingOrReordering) {
  join();
  std::vector<std::string> sent;
  for (int i = 0; i < 400; ++i) {
    sent.push_back(std::to_string(i) + std::string(20000, 'x'));
    here_.peer.send(frame_of(Lane::streams, sent.back()));
    time_.run_until(time_.now() + 150);
    if (i % 20 == 19) replace_wire();
  }
  time_.run();
  EXPECT_EQ(there_.bodies(Lane::streams), sent);
  EXPECT_FALSE(here_.violation || there_.violation);
}

TEST_F(PeersTest, WhatWasGrantedOnALinkThatWasCutIsNotLost) {
  join();
  there_.reads = false;
  for (int i = 0; i < 64; ++i) here_.peer.send(frame_of(Lane::streams, std::string(65536, 'x')));
  time_.run();
  there_.reads = true;
  there_.held.clear();  // the grants go out
  replace_wire();       // and never arrive
  time_.run();
  EXPECT_EQ(there_.bytes(Lane::streams), 64U * 65536);
  EXPECT_FALSE(here_.violation || there_.violation);
}

TEST_F(PeersTest, WhoBeginsAnewIsToldEverythingAgain) {
  join();
  here_.peer.send(frame_of(Lane::control, "who you are"));
  wire_->cut();
  Station second(time_);
  FakeWire wire(time_, 3, FakeWire::Speed());
  wire.join(here_.peer, second.peer);
  time_.run();
  EXPECT_EQ(second.bodies(Lane::control), std::vector<std::string>{"who you are"});
  EXPECT_TRUE(there_.got.empty());
}

// Peers that break the rules.

TEST_F(PeersTest, MoreThanWasGrantedIsRefused) {
  there_.reads = false;
  for (int i = 0; i < 16; ++i)
    there_.peer.on_packet(frame_of(Lane::streams, std::string(65520, 'x')));
  EXPECT_FALSE(there_.violation);
  there_.peer.on_packet(frame_of(Lane::streams, ""));
  EXPECT_EQ(there_.violation, "it sends more than it was granted");
}

TEST_F(PeersTest, GrantsOfWhatWasNotSentAreRefused) {
  join();
  here_.peer.send(frame_of(Lane::streams, "four"));
  here_.peer.on_packet(Grant{.received = 1, .given_back = {{{Lane::streams, JobId{1}}, 21}}});
  EXPECT_EQ(here_.violation, "it grants more than it was sent");
}

TEST_F(PeersTest, GrantsOfAnotherChannelAreRefused) {
  join();
  here_.peer.send(frame_of(Lane::streams, "four"));
  here_.peer.on_packet(Grant{.received = 1, .given_back = {{{Lane::bulk, JobId{1}}, 20}}});
  EXPECT_EQ(here_.violation, "it grants more than it was sent");
}

TEST_F(PeersTest, WhatWasNotSentCannotHaveBeenReceived) {
  join();
  here_.peer.on_packet(Grant{.received = 1});
  EXPECT_EQ(here_.violation, "it says that it has received what was not sent");
}

TEST_F(PeersTest, WhatWasReceivedStaysSo) {
  join();
  here_.peer.send(frame_of(Lane::control, "x"));
  here_.peer.on_packet(Grant{.received = 1});
  here_.peer.on_packet(Grant{.received = 0});
  EXPECT_EQ(here_.violation, "it says that it has received what was not sent");
}

TEST_F(PeersTest, WhoComesByANewLinkSaysFirstWhatItHas) {
  join();
  wire_->cut();
  FakeWire again(time_, 9, FakeWire::Speed());
  again.join(here_.peer, there_.peer, true);
  here_.peer.on_packet(Grant{});
  EXPECT_EQ(here_.violation, "it goes on without a word of what it has");
  again.cut();
}

TEST_F(PeersTest, WhoGoesOnDoesNotResume) {
  join();
  here_.peer.on_packet(Resume{});
  EXPECT_EQ(here_.violation, "it resumes what goes on");
}

}  // namespace
}  // namespace skyrun
