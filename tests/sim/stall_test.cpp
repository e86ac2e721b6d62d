// SPDX-License-Identifier: Apache-2.0
//
// A job of two ranks, whose reader is asleep: rank 1 fails while rank 0 writes. With one window for
// all lanes, which is what links that stop reading come to, its failure waits behind the output of
// rank 0 until the reader wakes, and so does the word to stop. That is how it was, and how the
// first test here sees it: the same peers with every frame in one lane.
#include <gtest/gtest.h>

#include <optional>

#include "tests/sim/cluster.h"

namespace skyrun {
namespace {

constexpr VirtualTime::Micros kSecond = 1'000'000;

/// A head, a node below it, and the client; nobody reads the screen before the 18th second.
class SleepingReader {
 public:
  explicit SleepingReader(bool one_lane)
      : one_lane_(one_lane),
        cluster_(time_, 1, {kClient, kHead}, {},
                 [this](NodeId at, const Frame& frame, Receipt receipt) {
                   take(at, frame, std::move(receipt));
                 }) {
    write();
    time_.after(3 * kSecond, [this] { say(NodeId{1}, To::head, Lane::control, "failed"); });
    time_.after(18 * kSecond, [this] { wake(); });
    time_.run_until(60 * kSecond);
  }

  std::optional<VirtualTime::Micros> told_to_stop;     ///< the node with rank 0
  std::optional<VirtualTime::Micros> failure_is_seen;  ///< by the client
  size_t lines_shown = 0;

  static constexpr size_t kLines = 400;

 private:
  void say(NodeId by, To to, Lane lane, std::string body) {
    cluster_.say(by, {.to = to,
                      .job = JobId{1},
                      .speaker = by,
                      .lane = one_lane_ ? Lane::streams : lane,
                      .body = std::move(body)});
  }

  /// Rank 0 is on node 1 too, and writes faster than anybody reads.
  void write() {
    for (size_t i = 0; i < kLines; ++i)
      say(NodeId{1}, To::observers, Lane::streams, "line" + std::string(65536, 'x'));
  }

  void take(NodeId at, const Frame& frame, Receipt receipt) {
    if (at == kHead && frame.body == "failed") {
      say(kHead, To::nodes, Lane::control, "stop");
      say(kHead, To::observers, Lane::control, "it failed");
    }
    if (at == NodeId{1} && frame.body == "stop") told_to_stop = time_.now();
    if (at != kClient) return;
    if (frame.body == "it failed") failure_is_seen = time_.now();
    if (!frame.body.starts_with("line")) return;
    ++lines_shown;
    if (!awake_) screen_.push_back(std::move(receipt));
  }

  void wake() {
    awake_ = true;
    screen_.clear();
  }

  bool one_lane_;
  bool awake_ = false;
  VirtualTime time_;
  std::vector<Receipt> screen_;
  SimCluster cluster_;
};

TEST(StallTest, WithOneWindowForAllAFailureWaitsForTheReader) {
  const SleepingReader job(true);
  ASSERT_TRUE(job.told_to_stop && job.failure_is_seen);
  EXPECT_GT(*job.told_to_stop, 18 * kSecond);
  EXPECT_GT(*job.failure_is_seen, 18 * kSecond);
}

TEST(StallTest, WithLanesItIsThereAtOnce) {
  const SleepingReader job(false);
  ASSERT_TRUE(job.told_to_stop && job.failure_is_seen);
  EXPECT_LT(*job.told_to_stop, 3 * kSecond + kSecond / 10);
  EXPECT_LT(*job.failure_is_seen, 3 * kSecond + kSecond / 10);
}

TEST(StallTest, WhoeverSleepsGetsEveryLine) {
  EXPECT_EQ(SleepingReader(false).lines_shown, SleepingReader::kLines);
}

}  // namespace
}  // namespace skyrun
