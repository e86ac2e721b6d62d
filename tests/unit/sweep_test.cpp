// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/sweep.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <new>
#include <thread>

#include "tests/support/loop_test.h"

namespace skyrun {
namespace {

/// The descendants of this process are real ones. What they do they write down in memory that they
/// share with it.
class SweepTest : public LoopTest {
 protected:
  SweepTest() {
    become_subreaper();
    for (const pid_t child : own_children()) ::kill(child, SIGKILL);  // another test's
    while (::wait(nullptr) > 0) {
    }
    void* memory =
        ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    shared_ = new (memory) Shared;
  }
  ~SweepTest() override { ::munmap(shared_, sizeof(Shared)); }

  struct Shared {
    std::atomic<int> ready = 0;
    std::atomic<int> links = 0;  // of a chain
    std::atomic<int> asked = 0;
  };

  template <class Body>
  pid_t start(Body body) {
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    ::signal(SIGCHLD, SIG_DFL);  // the handler is that of our loop
    body();
    ::_exit(0);
  }

  void await_ready(int count = 1) {
    ASSERT_TRUE(run_until([this, count] { return shared_->ready >= count; }));
  }

  /// Ends them all, and gives the words of what is left.
  std::string sweep(Millis grace, Millis limit = Millis(10000)) {
    sweep_.start(grace);
    EXPECT_TRUE(run_until([this] { return ends_ > 0; }, limit));
    EXPECT_EQ(ends_, 1);
    return left_;
  }

  Shared* shared_;
  Reaper reaper_{loop_};
  int ends_ = 0;
  std::string left_;
  Sweep sweep_{loop_, reaper_, [this](const std::string& left) {
                 ++ends_;
                 left_ = left;
               }};
};

TEST_F(SweepTest, WhoIsLeftIsAskedOfTheKernel) {
  EXPECT_FALSE(sweep_.anybody_left());
  start([] { ::pause(); });
  EXPECT_TRUE(sweep_.anybody_left());
  EXPECT_EQ(sweep(Millis(0)), "");
  EXPECT_FALSE(sweep_.anybody_left());
}

TEST_F(SweepTest, NobodySlipsThroughByStartingAnotherAndEnding) {
  start([this] {
    for (;;) {
      if (++shared_->links == 100) shared_->ready = 1;
      if (::fork() != 0) ::_exit(0);
      if (shared_->links % 3 == 0) ::setsid();
      ::usleep(200);
    }
  });
  await_ready();
  EXPECT_EQ(sweep(Millis(0)), "");
  const int links = shared_->links;
  run_for(Millis(50));
  EXPECT_EQ(shared_->links, links);
}

TEST_F(SweepTest, AChainThatIsDeafToTermEndsWithTheGrace) {
  start([this] {
    ::signal(SIGTERM, SIG_IGN);
    for (;;) {
      if (++shared_->links == 100) shared_->ready = 1;
      if (::fork() != 0) ::_exit(0);
      ::usleep(200);
    }
  });
  await_ready();
  EXPECT_EQ(sweep(Millis(100)), "");
  EXPECT_FALSE(has_children());
}

TEST_F(SweepTest, AProcessWhoseFirstThreadHasEndedIsEnded) {
  const pid_t pid = start([this] {
    std::thread([this] {
      shared_->ready = 1;
      for (;;) ::pause();
    }).detach();
    ::syscall(SYS_exit, 0);  // of the thread, not of the process
  });
  await_ready();
  const auto shows_as_ended = [pid] {
    for (const auto& each : list_processes()) {
      if (each.pid == pid) return each.state == 'Z';
    }
    return false;
  };
  ASSERT_TRUE(run_until(shows_as_ended));
  EXPECT_TRUE(sweep_.anybody_left());
  EXPECT_EQ(descendants_of(::getpid()).size(), 1U);
  EXPECT_EQ(descendants_of(list_processes(), ::getpid()).size(), 1U);
  EXPECT_EQ(sweep(Millis(0)), "");
}

TEST_F(SweepTest, OrphansInSessionsOfTheirOwnAreEnded) {
  start([this] {
    for (int i = 0; i < 20; ++i) {
      if (::fork() != 0) continue;
      ::setsid();
      if (::fork() != 0) ::_exit(0);
      ++shared_->ready;
      for (;;) ::pause();
    }
  });
  await_ready(20);
  const auto all_seen = [] {
    return descendants_of(::getpid()).size() == 20 &&
           descendants_of(list_processes(), ::getpid()).size() == 20;
  };
  EXPECT_TRUE(run_until(all_seen));
  EXPECT_EQ(sweep(Millis(0)), "");
}

TEST_F(SweepTest, AStoppedProcessIsAskedLikeAnother) {
  static Shared* shared = nullptr;
  shared = shared_;
  start([] {
    ::signal(SIGTERM, [](int) {
      ++shared->asked;
      ::_exit(0);
    });
    shared->ready = 1;
    ::raise(SIGSTOP);
    for (;;) ::pause();
  });
  await_ready();
  const auto stopped = [] {
    const auto family = descendants_of(::getpid());
    return family.size() == 1 && family[0].state == 'T';
  };
  ASSERT_TRUE(run_until(stopped));
  EXPECT_EQ(sweep(Millis(60000)), "");
  EXPECT_EQ(shared_->asked, 1);
}

TEST_F(SweepTest, WhoIsSparedIsNotEnded) {
  const pid_t spared = start([] { ::pause(); });
  start([] { ::pause(); });
  bool ended = false;
  Sweep sweep(
      loop_, reaper_, [&ended](const std::string&) { ended = true; },
      [spared] { return std::vector<pid_t>{spared}; });
  sweep.start(Millis(0));
  ASSERT_TRUE(run_until([&ended] { return ended; }));
  EXPECT_EQ(own_children(), std::vector<pid_t>{spared});
  ::kill(spared, SIGKILL);
  reaper_.after_collect([] {});
  EXPECT_TRUE(run_until([] { return !has_children(); }));
}

}  // namespace
}  // namespace skyrun
