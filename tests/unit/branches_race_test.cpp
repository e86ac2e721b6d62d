// SPDX-License-Identifier: Apache-2.0
//
// Daemons that refuse, greet, talk, fall silent, hang or go, and owners that end at any moment:
// real processes on a real loop, many at once, in orders that no two runs share. Meant for the
// sanitizers; the rules of bringup/branches.h are checked too.
#include "bringup/branches.h"

#include <dirent.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "bringup/agent_starter.h"
#include "fabric/greeting.h"
#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

/// As printf writes it.
std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
  return text;
}

/// The launch agent: what the host is called is what it does.
constexpr const char* kBehaviours = R"sh(
stay() { while read -r line; do :; done; }
case $0 in
  turned-away) echo 'kex_exchange_identification: Connection reset by peer' >&2; exit 255 ;;
  denied) echo 'Permission denied (publickey).' >&2; exit 255 ;;
  ends) exit 3 ;;
  leaves-a-child) sleep 0.02 & exit 255 ;;
  hangs) exec sleep 1000 ;;
  greets-and-goes) greet ;;
  greets-and-hangs) greet; exec sleep 1000 ;;
  falls-silent) greet; frame; exec sleep 1000 ;;
  stays) greet; frame; stay ;;
  talks) greet; for i in 1 2 3 4 5 6 7 8; do frame; done; stay ;;
  breaks-the-protocol) greet; frame; printf '\377\377\377\377'; stay ;;
  is-deaf) trap '' TERM HUP; greet; frame; exec sleep 1000 ;;
esac
)sh";

std::string agent() {
  std::string frame;
  append_packet(frame, Frame{.to = To::head, .body = "x"});
  return fmt::format("greet() {{ printf '{}'; }}\nframe() {{ printf '{}'; }}\n{}",
                     escaped(kGreeting), escaped(frame), kBehaviours);
}

constexpr std::array kHosts{"turned-away",
                            "denied",
                            "ends",
                            "leaves-a-child",
                            "hangs",
                            "greets-and-goes",
                            "greets-and-hangs",
                            "falls-silent",
                            "stays",
                            "talks",
                            "is-deaf",
                            "breaks-the-protocol"};

enum class End { close, await_end, drop_then_close, kill_then_close, signal, destroy, count };

using Random = std::mt19937;

/// What was called back, of all owners: it shows that the agents do what they say.
struct Seen {
  int frames = 0, refusals = 0, losses = 0;
};

int any(Random& random, int below) {
  return std::uniform_int_distribution(0, below - 1)(random);
}

/// Somebody who starts a few daemons and soon ends, as a daemon or a client does. One in 32 is
/// patient: it ends on the first word, however slow the machine is.
class Owner {
 public:
  Owner(EventLoop& loop, Reaper& reaper, Random& random, Seen& seen)
      : random_(random),
        seen_(seen),
        end_(static_cast<End>(any(random, static_cast<int>(End::count)))),
        branches_(std::make_unique<Branches>(loop, std::make_unique<AgentStarter>(loop, reaper),
                                             events())),
        end_timer_(loop, [this] { end(); }),
        patient_(any(random, 32) == 0),
        signal_(loop, SIGUSR2, [this] {
          if (signalled_) close();
        }) {
    const int children = 1 + any(random, 3);
    for (int i = 0; i < children; ++i) start(i);
    branches_->send(kHead, {.to = To::head, .body = "for the first"});
    end_timer_.start(Millis(patient_ ? kPatience : any(random, 40)));
  }

  bool done() const { return done_; }

 private:
  static constexpr int kPatience = 3000;  // ms

  Branches::Events events() {
    return {.on_frame =
                [this](NodeId, const Frame&, const Receipt&) {
                  ++seen_.frames;
                  EXPECT_FALSE(closed_) << "a frame after close()";
                  on_word();
                },
            .on_start_failed =
                [this](const StartFailed& failed) {
                  ++seen_.refusals;
                  EXPECT_FALSE(ending_) << failed.why;
                  if (any(random_, 2) == 0) branches_->drop(failed.node);
                  on_word();
                },
            .on_lost =
                [this](NodeId child, const std::string& why) {
                  ++seen_.losses;
                  EXPECT_FALSE(ending_) << why;
                  branches_->drop(child);
                  if (any(random_, 3) == 0) close();
                  on_word();
                },
            .on_all_gone =
                [this] {
                  EXPECT_TRUE(ending_);
                  EXPECT_FALSE(done_) << "told twice";
                  EXPECT_TRUE(branches_->pids().empty());
                  done_ = true;
                }};
  }

  void start(int number) {
    const auto* host = kHosts.at(static_cast<size_t>(any(random_, kHosts.size())));
    Bootstrap bootstrap{.self = {.id = NodeId{static_cast<uint32_t>(number)}, .host = host},
                        .launch = {.agent = {"/bin/sh", "-c", agent()}, .lease = Millis(15)}};
    std::vector<Bootstrap> starts;
    starts.push_back(std::move(bootstrap));
    branches_->start(std::move(starts), Millis(patient_ ? kPatience : 1 + any(random_, 60)));
  }

  /// It ends in a later turn: not within a callback.
  void on_word() {
    if (patient_ && !ending_) end_timer_.start(Millis(0));
  }

  void close() {
    ending_ = closed_ = true;
    branches_->close(Millis(any(random_, 10)));
  }

  void end() {
    switch (end_) {
      case End::await_end:
        ending_ = true;
        return branches_->await_end(Millis(any(random_, 30)));
      case End::drop_then_close:
        branches_->drop(kHead);
        return close();
      case End::kill_then_close:
        for (const pid_t pid : branches_->pids()) ::kill(pid, SIGTERM);
        return close();
      case End::signal:
        signalled_ = true;
        ::raise(SIGUSR2);
        return;
      case End::destroy:
        branches_.reset();
        done_ = true;
        return;
      default:
        return close();
    }
  }

  Random& random_;
  Seen& seen_;
  End end_;
  bool ending_ = false;
  bool closed_ = false;
  bool done_ = false;
  bool signalled_ = false;
  std::unique_ptr<Branches> branches_;
  Timer end_timer_;
  bool patient_;
  SignalWatch signal_;
};

size_t open_files() {
  size_t count = 0;
  DIR* directory = ::opendir("/proc/self/fd");
  while (::readdir(directory) != nullptr) ++count;
  ::closedir(directory);
  return count;
}

using BranchesRaceTest = LoopTest;

TEST_F(BranchesRaceTest, NothingIsCalledBackAfterAnOwnerHasEnded) {
  constexpr int kOwners = 1000;
  constexpr size_t kAtOnce = 25;
  const auto seed = std::random_device()();
  SCOPED_TRACE(seed);
  Random random(seed);
  Seen seen;
  Reaper reaper(loop_);
  run_for(Millis(1));
  const size_t open_before = open_files();
  for (int begun = 0; begun < kOwners; begun += kAtOnce) {
    std::vector<std::unique_ptr<Owner>> owners;
    while (owners.size() < kAtOnce)
      owners.push_back(std::make_unique<Owner>(loop_, reaper, random, seen));
    ASSERT_TRUE(run_until(
        [&owners] {
          return std::all_of(owners.begin(), owners.end(), [](auto& each) { return each->done(); });
        },
        Millis(60000)));
  }
  const auto collected = [] { return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; };
  EXPECT_TRUE(run_until(collected)) << "a launch agent is left";
  EXPECT_TRUE(seen.frames > 0 && seen.refusals > 0 && seen.losses > 0);
  run_for(Millis(1));
  EXPECT_EQ(open_files(), open_before);
}

}  // namespace
}  // namespace skyrun
