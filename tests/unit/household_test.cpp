// SPDX-License-Identifier: Apache-2.0
//
// A household of real processes: each shepherd is a child that reads its link to the end, below a
// warden that ends as it did.
#include "node_daemon/household.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <map>

#include "core/process_tree.h"
#include "fabric/packet_wire.h"
#include "protocol/codec.h"
#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

constexpr NodeId kSelf{3};
constexpr JobId kA{1};
constexpr JobId kB{2};

/// Writes a frame, in one piece: it is small.
void say(int link, const Message& message, JobId job) {
  std::string bytes;
  append_packet(bytes, make_frame(message, kSelf, job));
  static_cast<void>(!::write(link, bytes.data(), bytes.size()));
}

/// Reads frames until its job is over: 0, or its link ends: 1. Answers each of a job with the
/// number of its process; told to stop it lies.
int be_shepherd(int link) {
  PacketReader reader;
  for (;;) {
    Packet packet;
    while (reader.next(packet).value_or(false)) {
      const auto* frame = std::get_if<Frame>(&packet);
      if (frame == nullptr || frame->job == kNoJob) continue;
      if (*frame == make_frame(JobOver{}, kHead, frame->job)) return 0;
      if (*frame == make_frame(StopRanks{}, kHead, frame->job))
        say(link, NodeQuiet{kSelf}, JobId{9});
      say(link, SyncTaken{kSelf, static_cast<uint64_t>(::getpid())}, frame->job);
    }
    std::array<char, 4096> block{};
    const ssize_t n = ::read(link, block.data(), block.size());
    if (n <= 0) return 1;
    reader.push({block.data(), static_cast<size_t>(n)});
  }
}

/// Splits as a shepherd does, so that the warden's end is its own.
void be_warden(int link) {
  become_subreaper();
  const pid_t shepherd = ::fork();
  if (shepherd == 0) ::_exit(be_shepherd(link));
  ::close(link);
  int status = 0;
  ::waitpid(shepherd, &status, 0);
  if (WIFSIGNALED(status)) ::raise(WTERMSIG(status));
  ::_exit(WEXITSTATUS(status));
}

class HouseholdTest : public LoopTest {
 protected:
  HouseholdTest() {
    become_subreaper();
    for (const pid_t child : own_children()) ::kill(child, SIGKILL);  // another test's
    while (::wait(nullptr) > 0) {
    }
  }

  Result<Household::Started> start() {
    if (refuses_) return failure("no more processes");
    auto pair = make_socketpair();
    const pid_t warden = ::fork();
    if (warden == 0) {
      ::signal(SIGCHLD, SIG_DFL);  // the handler is that of our loop
      ::close_range(3, static_cast<unsigned>(pair->second.get()) - 1, 0);
      ::close_range(static_cast<unsigned>(pair->second.get()) + 1, ~0U, 0);
      be_warden(pair->second.get());
    }
    wardens_.push_back(warden);
    return Household::Started{warden, std::move(pair->first)};
  }

  /// Its shepherd's process, as it says itself.
  pid_t shepherd_of(JobId job) {
    pids_.erase(job);
    household_->pass(make_frame(SignalRanks{SIGUSR1}, kClient, job), nullptr);
    EXPECT_TRUE(run_until([this, job] { return pids_.count(job) != 0; }));
    return pids_[job];
  }
  void over(JobId job) { household_->pass(make_frame(JobOver{}, kHead, job), nullptr); }
  bool until_empty() {
    return run_until([this] { return household_->empty(); });
  }

  void on_frame(const Frame& frame) {
    const auto message = decode(frame.body);
    const auto* taken = message ? std::get_if<SyncTaken>(&*message) : nullptr;
    if (taken != nullptr) pids_[frame.job] = static_cast<pid_t>(taken->bytes);
  }

  static bool runs(pid_t pid) {
    const auto process = find_process(pid);
    return process && process->alive();
  }

  Reaper reaper_{loop_};
  bool refuses_ = false;
  int gone_ = 0;
  std::vector<pid_t> wardens_;  // in the order of their starts
  std::map<JobId, pid_t> pids_;
  std::map<JobId, std::string> lost_;
  std::map<JobId, int> output_ends_;
  std::optional<Household> household_{
      std::in_place,
      loop_,
      reaper_,
      [this] { return start(); },
      [] { return std::vector<pid_t>(); },
      Household::Events{.on_frame = [this](const Frame& frame, const Receipt&) { on_frame(frame); },
                        .on_output_end = [this](JobId job) { ++output_ends_[job]; },
                        .on_lost = [this](JobId job, const std::string& why) { lost_[job] = why; },
                        .on_gone = [this] { ++gone_; }}};
};

TEST_F(HouseholdTest, TheFirstJobTakesTheSpareAndEachItsOwnFrames) {
  household_->bring_up(kSelf);
  ASSERT_EQ(wardens_.size(), 1U);
  household_->begin(kA);
  household_->begin(kA);  // told twice
  EXPECT_EQ(wardens_.size(), 1U);
  household_->begin(kB);
  EXPECT_EQ(wardens_.size(), 2U);
  EXPECT_NE(shepherd_of(kA), shepherd_of(kB));
}

TEST_F(HouseholdTest, WhatIsOfAJobThatIsNotHereIsForOtherNodes) {
  household_->bring_up(kSelf);
  for (int i = 0; i < 3; ++i) household_->pass(make_frame(StopRanks{}, kHead, kA), nullptr);
  run_for(Millis(30));
  EXPECT_EQ(wardens_.size(), 1U);
  EXPECT_TRUE(lost_.empty());
}

TEST_F(HouseholdTest, AJobThatIsOverTakesItsShepherdAlong) {
  household_->bring_up(kSelf);
  household_->begin(kA);
  household_->begin(kB);
  const pid_t a = shepherd_of(kA);
  const pid_t b = shepherd_of(kB);
  over(kA);
  EXPECT_TRUE(run_until([this] { return gone_ == 1; }));
  EXPECT_FALSE(runs(a));
  EXPECT_EQ(shepherd_of(kB), b);
  EXPECT_EQ(output_ends_, (std::map<JobId, int>{{kA, 1}}));
  EXPECT_TRUE(lost_.empty());
}

TEST_F(HouseholdTest, AShepherdThatIsKilledIsLostToItsJobAlone) {
  household_->bring_up(kSelf);
  household_->begin(kA);
  household_->begin(kB);
  const pid_t b = shepherd_of(kB);
  ::kill(shepherd_of(kA), SIGKILL);
  EXPECT_TRUE(run_until([this] { return gone_ == 1; }));
  EXPECT_EQ(lost_,
            (std::map<JobId, std::string>{{kA, "its shepherd was killed: signal 9 (Killed)"}}));
  EXPECT_EQ(shepherd_of(kB), b);
  household_->pass(make_frame(StopRanks{}, kHead, kA), nullptr);  // nobody is here for it any more
  EXPECT_EQ(wardens_.size(), 2U);
}

TEST_F(HouseholdTest, AShepherdWithoutItsWardenIsSparedByTheSweepOfAnotherJob) {
  household_->bring_up(kSelf);
  household_->begin(kA);
  household_->begin(kB);
  const pid_t a = shepherd_of(kA);
  ::kill(wardens_[0], SIGKILL);
  EXPECT_TRUE(run_until([this] { return lost_.count(kA) != 0; }));
  EXPECT_TRUE(runs(a));  // it ends its job by itself

  ::kill(shepherd_of(kB), SIGKILL);
  EXPECT_TRUE(run_until([this] { return gone_ == 1; }));
  EXPECT_TRUE(runs(a));
  EXPECT_FALSE(household_->empty());
  over(kA);
  EXPECT_TRUE(until_empty());
  EXPECT_FALSE(runs(a));
}

TEST_F(HouseholdTest, AShepherdThatSpeaksOfAnotherJobIsGivenUp) {
  household_->bring_up(kSelf);
  household_->begin(kA);
  const pid_t a = shepherd_of(kA);
  household_->pass(make_frame(StopRanks{}, kHead, kA), nullptr);
  EXPECT_TRUE(until_empty());
  EXPECT_EQ(lost_[kA], "its shepherd: it spoke of a job that is not its own");
  EXPECT_FALSE(runs(a));
}

TEST_F(HouseholdTest, OneThatCannotBeStartedIsToldInALaterTurn) {
  refuses_ = true;
  household_->bring_up(kSelf);
  household_->begin(kA);
  EXPECT_TRUE(lost_.empty());
  EXPECT_TRUE(run_until([this] { return !lost_.empty(); }));
  EXPECT_EQ(lost_[kA], "cannot start its shepherd: no more processes");
}

TEST_F(HouseholdTest, DismissedTheyGoWhenTheirJobsAreOverAndTheSpareAtOnce) {
  household_->bring_up(kSelf);
  household_->dismiss(false);
  EXPECT_TRUE(until_empty());
  household_->begin(kA);
  EXPECT_EQ(wardens_.size(), 1U);  // it is too late for another job
}

TEST_F(HouseholdTest, AnOrphanedHouseholdsShepherdsSeeThatTheirLinksEnd) {
  household_->bring_up(kSelf);
  household_->begin(kA);
  household_->begin(kB);
  household_->dismiss(true);
  EXPECT_TRUE(until_empty());
  EXPECT_TRUE(lost_.empty());
}

}  // namespace
}  // namespace skyrun
