// SPDX-License-Identifier: Apache-2.0
#include "fabric/stream_peer.h"

#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

Frame line(size_t bytes) {
  return {
      .to = To::observers, .job = JobId{1}, .lane = Lane::streams, .body = std::string(bytes, 'x')};
}

/// Two programs and a socketpair between them.
class StreamPeerTest : public LoopTest {
 protected:
  struct Side {
    std::vector<Frame> got;
    std::vector<Receipt> held;
    std::vector<Loss> losses;
    bool written = false;
    std::unique_ptr<StreamPeer> peer;
  };

  StreamPeerTest() {
    auto pair = make_socketpair();
    open(left_, std::move(pair->first));
    open(right_, std::move(pair->second));
  }

  void open(Side& side, Fd end) {
    side.peer = std::make_unique<StreamPeer>(
        loop_, std::move(end), Fd(), StreamLink::Options(),
        StreamPeer::Events{.on_frame =
                               [&side](Frame frame, Receipt receipt) {
                                 side.got.push_back(std::move(frame));
                                 side.held.push_back(std::move(receipt));
                               },
                           .on_lost = [&side](const Loss& loss) { side.losses.push_back(loss); },
                           .on_written = [&side] { side.written = true; }});
  }

  Side left_, right_;
};

TEST_F(StreamPeerTest, ItWaitsForWhoeverHoldsWhatItSent) {
  for (int i = 0; i < 40; ++i) left_.peer->send(line(65520));
  EXPECT_TRUE(run_until([this] { return right_.got.size() == 16; }));
  run_for(Millis(20));
  EXPECT_EQ(right_.got.size(), 16U);
  EXPECT_FALSE(left_.peer->written());
  left_.peer->send({.to = To::head, .job = JobId{1}, .body = "failure"});
  EXPECT_TRUE(run_until([this] { return right_.got.size() == 17; }));
  EXPECT_TRUE(run_until([this] {
    right_.held.clear();
    return right_.got.size() == 41;
  }));
  EXPECT_TRUE(run_until([this] { return left_.written; }));
  EXPECT_TRUE(left_.peer->written());
}

TEST_F(StreamPeerTest, WhoBreaksTheRulesIsLostInWords) {
  auto pair = make_socketpair();
  Side side;
  open(side, std::move(pair->first));
  std::string stream;
  append_packet(stream, Grant{.received = 5});
  append_packet(stream, line(1));
  ASSERT_GT(::write(pair->second.get(), stream.data(), stream.size()), 0);
  ASSERT_TRUE(run_until([&side] { return !side.losses.empty(); }));
  EXPECT_EQ(side.losses[0].reason, LossReason::broken);
  EXPECT_EQ(side.losses[0].why, "it says that it has received what was not sent");
  run_for(Millis(20));
  EXPECT_EQ(side.losses.size(), 1U);
  EXPECT_TRUE(side.got.empty());
}

TEST_F(StreamPeerTest, OfALostPeerWhatWaitsIsDropped) {
  auto receipt = std::make_shared<int>(0);
  for (int i = 0; i < 40; ++i) left_.peer->send(line(65520), receipt);
  right_.peer.reset();
  EXPECT_TRUE(run_until([this] { return !left_.losses.empty(); }));
  left_.peer->send(line(1), receipt);
  EXPECT_EQ(receipt.use_count(), 1);
  EXPECT_TRUE(left_.peer->written());
}

TEST_F(StreamPeerTest, WhoIsMutedHearsNothingAndSeesNoEnd) {
  left_.peer->mute();
  left_.peer->send(line(1));
  right_.peer->send(line(1));
  run_for(Millis(50));
  EXPECT_TRUE(right_.got.empty() && left_.got.empty());
  EXPECT_TRUE(right_.losses.empty());
}

}  // namespace
}  // namespace skyrun
