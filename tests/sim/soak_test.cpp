// SPDX-License-Identifier: Apache-2.0
//
// Everybody says everything to everybody in a tree whose links are slow, are cut and are replaced,
// while readers take what comes when they please. A seed is one run, and repeats it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "tests/sim/cluster.h"

namespace skyrun {
namespace {

using Random = std::mt19937;

uint32_t any(Random& random, uint32_t below) {
  return std::uniform_int_distribution<uint32_t>(0, below - 1)(random);
}

/// Node i hangs below one of those before it, or below the client.
std::vector<NodeId> any_tree(Random& random) {
  std::vector<NodeId> parents{kClient};
  const uint32_t nodes = 1 + any(random, 7);
  for (uint32_t i = 1; i < nodes; ++i)
    parents.push_back(any(random, 4) == 0 ? kClient : NodeId{any(random, i)});
  return parents;
}

/// Mostly small, now and then more than a window.
size_t any_size(Random& random) {
  const uint32_t kind = any(random, 100);
  return kind < 60 ? any(random, 300) : kind < 99 ? any(random, 65536) : any(random, 3U << 20U);
}

class Soak {
 public:
  explicit Soak(uint32_t seed)
      : random_(seed),
        parents_(any_tree(random_)),
        cluster_(time_, seed, parents_,
                 {.bytes_a_second = 1'000'000 + any(random_, 200'000'000),
                  .longest_delay = 1 + any(random_, 20'000)},
                 [this](NodeId at, const Frame& frame, Receipt receipt) {
                   take(at, frame, std::move(receipt));
                 }) {}

  void run() {
    constexpr int kWords = 200;
    for (int i = 0; i < kWords; ++i)
      time_.after(any(random_, 400'000), [this] { say_something(); });
    for (uint32_t i = any(random_, 12); i > 0; --i) {
      time_.after(any(random_, 600'000), [this] {
        cluster_.replace(any(random_, static_cast<uint32_t>(cluster_.edges())),
                         any(random_, 100'000));
      });
    }
    time_.run();
  }

  void check() const {
    EXPECT_TRUE(cluster_.violations().empty()) << cluster_.violations()[0];
    EXPECT_TRUE(taken_ == said_);
    // What is left was not worth a grant.
    EXPECT_LE(cluster_.channels(), 4 * cluster_.edges() * kLanes * kJobs);
  }

 private:
  static constexpr uint32_t kJobs = 3;
  /// Whose word, for whom, in which channel, and who has it.
  using Thread = std::tuple<NodeId, To, Lane, JobId, NodeId>;

  void say_something() {
    const bool by_client = any(random_, 6) == 0;
    const NodeId by =
        by_client ? kClient : NodeId{any(random_, static_cast<uint32_t>(parents_.size()))};
    Frame frame{.to = any_reader(by),
                .job = JobId{any(random_, kJobs)},
                .speaker = by,
                .lane = static_cast<Lane>(any(random_, kLanes))};
    frame.body = fmt::format("{} ", ++words_) + std::string(any_size(random_), 'x');
    for (const NodeId reader : readers_of(frame))
      said_[{by, frame.to, frame.lane, frame.job, reader}].push_back(words_);
    cluster_.say(by, std::move(frame));
  }

  To any_reader(NodeId by) {
    if (by == kClient) return any(random_, 2) == 0 ? To::head : To::nodes;
    if (by == kHead && any(random_, 2) == 0) return To::nodes;
    return any(random_, 2) == 0 ? To::head : To::observers;
  }

  std::vector<NodeId> readers_of(const Frame& frame) const {
    if (frame.to == To::head) return {kHead};
    if (frame.to == To::observers) return {kClient};
    std::vector<NodeId> readers;
    for (uint32_t i = 0; i < parents_.size(); ++i) readers.push_back(NodeId{i});
    if (frame.speaker == kHead) readers.push_back(kClient);
    return readers;
  }

  void take(NodeId at, const Frame& frame, Receipt receipt) {
    taken_[{frame.speaker, frame.to, frame.lane, frame.job, at}].push_back(std::stoi(frame.body));
    const uint32_t patience = any(random_, 3) == 0 ? 50'000 : 50;
    time_.after(any(random_, patience), [held = std::move(receipt)] {});
  }

  Random random_;
  VirtualTime time_;
  std::vector<NodeId> parents_;
  SimCluster cluster_;
  int words_ = 0;
  std::map<Thread, std::vector<int>> said_, taken_;  // in their order
};

class SoakTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(SoakTest, EverythingArrivesOnceAndInTheOrderOfItsChannel) {
  Soak soak(GetParam());
  soak.run();
  soak.check();
}

INSTANTIATE_TEST_SUITE_P(Seeds, SoakTest, ::testing::Range(1U, 101U));

}  // namespace
}  // namespace skyrun
