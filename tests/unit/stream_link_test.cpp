// SPDX-License-Identifier: Apache-2.0
#include "fabric/stream_link.h"

#include <unistd.h>

#include <optional>

#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

/// A link whose peer is the other end of a socketpair, held by the test.
class StreamLinkTest : public LoopTest {
 protected:
  void open(Millis lease = Millis(0)) {
    auto pair = make_socketpair();
    ASSERT_TRUE(pair);
    peer_ = std::move(pair->second);
    link_.emplace(
        loop_, std::move(pair->first), Fd(), StreamLink::Options{.lease = lease},
        Link::Events{.on_packet = [this](const Packet& packet) { packets_.push_back(packet); },
                     .on_lost = [this](const Loss& loss) { losses_.push_back(loss); },
                     .on_room = [this] { ++rooms_; }});
  }

  void write(std::string_view bytes) {
    ASSERT_EQ(::write(peer_.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }

  /// The only loss, once it has come.
  Loss loss() {
    EXPECT_TRUE(run_until([this] { return !losses_.empty(); }));
    run_for(Millis(20));
    EXPECT_EQ(losses_.size(), 1U);
    return losses_.empty() ? Loss{.why = "none"} : losses_[0];
  }

  Fd peer_;
  std::vector<Packet> packets_;
  std::vector<Loss> losses_;
  int rooms_ = 0;
  std::optional<StreamLink> link_;
};

TEST_F(StreamLinkTest, APeerThatClosesHasEndedBehindItsLastFrame) {
  open();
  std::string stream;
  append_packet(stream, Frame{.to = To::head, .body = "last"});
  write(stream);
  peer_.reset();
  const Loss seen = loss();
  EXPECT_EQ(seen.reason, LossReason::ended);
  EXPECT_EQ(seen.why, "connection closed");
  ASSERT_EQ(packets_.size(), 1U);
  EXPECT_EQ(std::get<Frame>(packets_[0]).body, "last");
}

TEST_F(StreamLinkTest, APeerThatSaysNothingForALeaseIsSilent) {
  open(Millis(50));
  const Loss seen = loss();
  EXPECT_EQ(seen.reason, LossReason::silent);
  EXPECT_EQ(seen.why, "silent for 0.1 s");
}

TEST_F(StreamLinkTest, WhoeverFeedsItIsToldWhenThereIsRoom) {
  open();
  link_->send(Frame{.to = To::peer, .body = std::string(size_t{1} << 20U, 'x')});
  const size_t before = link_->unwritten();
  EXPECT_TRUE(run_until([this] { return rooms_ > 0; }));
  EXPECT_LT(link_->unwritten(), before);
}

TEST_F(StreamLinkTest, WhatIsNoFrameBreaksTheLink) {
  open();
  write("\xff\xff\xff\xff");
  const Loss seen = loss();
  EXPECT_EQ(seen.reason, LossReason::broken);
  EXPECT_EQ(seen.why, "it does not speak our protocol: a frame larger than 16 MiB");
}

TEST_F(StreamLinkTest, WhatIsTooLargeToBeSentBreaksTheLinkInALaterTurn) {
  open();
  link_->send(Frame{.to = To::peer, .body = std::string(kMaxBody + 1, 'x')});
  EXPECT_TRUE(losses_.empty());
  EXPECT_EQ(loss().reason, LossReason::broken);
}

TEST_F(StreamLinkTest, ALinkThatItsOwnerClosedIsNotLost) {
  open(Millis(50));
  link_->close();
  peer_.reset();
  run_for(Millis(100));
  EXPECT_TRUE(losses_.empty());
}

}  // namespace
}  // namespace skyrun
