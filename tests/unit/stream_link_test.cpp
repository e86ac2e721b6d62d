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
    link_.emplace(loop_, std::move(pair->first), Fd(), StreamLink::Options{.lease = lease},
                  Link::Events{.on_frame = [this](Frame frame) { frames_.push_back(frame); },
                               .on_lost = [this](Loss loss) { losses_.push_back(loss); }});
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
  std::vector<Frame> frames_;
  std::vector<Loss> losses_;
  std::optional<StreamLink> link_;
};

TEST_F(StreamLinkTest, APeerThatClosesHasEndedBehindItsLastFrame) {
  open();
  std::string stream;
  append_frame(stream, {.to = To::head, .body = "last"});
  write(stream);
  peer_.reset();
  const Loss seen = loss();
  EXPECT_EQ(seen.reason, LossReason::ended);
  EXPECT_EQ(seen.why, "connection closed");
  ASSERT_EQ(frames_.size(), 1U);
  EXPECT_EQ(frames_[0].body, "last");
}

TEST_F(StreamLinkTest, APeerThatSaysNothingForALeaseIsSilent) {
  open(Millis(50));
  const Loss seen = loss();
  EXPECT_EQ(seen.reason, LossReason::silent);
  EXPECT_EQ(seen.why, "silent for 0.1 s");
}

TEST_F(StreamLinkTest, APeerThatIsNotReadIsNotJudgedSilent) {
  open(Millis(50));
  link_->set_reading(false);
  run_for(Millis(200));
  EXPECT_TRUE(losses_.empty());
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
  link_->send({.to = To::peer, .body = std::string(kMaxBody + 1, 'x')});
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
