// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/workdir.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>
#include <vector>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class WorkdirTest : public testing::Test {
 protected:
  WorkdirTest() { std::filesystem::create_directory(home_.path() + "/.skyrun"); }

  Workdir claim(const std::string& job) const {
    return *Workdir::claim({.task_id = job, .log_name = "sky-" + job}, home_.path());
  }

  TemporaryDirectory home_;
};

TEST_F(WorkdirTest, TheFirstJobHasItAndItsNodesShareIt) {
  const Workdir first = claim("a");
  const Workdir second = claim("a");
  EXPECT_FALSE(first.taken());
  EXPECT_FALSE(second.taken());
  EXPECT_TRUE(first.writes_home());
  EXPECT_FALSE(second.writes_home());
  EXPECT_EQ(second.path(), home_.path() + "/sky_workdir");
}

TEST_F(WorkdirTest, ALaterJobFindsItTakenAndWritesItsOwn) {
  const Workdir first = claim("a");
  Workdir later = claim("b");
  EXPECT_TRUE(later.taken());
  EXPECT_TRUE(later.writes_home());
  later.use_own();
  ASSERT_TRUE(later.make());
  EXPECT_EQ(later.below_home(), "sky_logs/sky-b/workdir");
  EXPECT_TRUE(std::filesystem::is_directory(home_.path() + "/sky_logs/sky-b/workdir"));
  EXPECT_FALSE(claim("b").writes_home()) << "a node of the same job has written";
}

TEST_F(WorkdirTest, ItIsFreeWhenTheJobHasEndedOrGivenItUp) {
  std::optional<Workdir> first(claim("a"));
  first.reset();
  Workdir second = claim("b");
  EXPECT_FALSE(second.taken());
  second.use_own();
  EXPECT_FALSE(claim("c").taken());
}

TEST_F(WorkdirTest, JobsThatBeginAtOnceNeverShareIt) {
  constexpr int kJobs = 8;
  for (int round = 0; round < 20; ++round) {
    std::array<int, 2> go{};
    std::array<int, 2> done{};
    ASSERT_EQ(::pipe(go.data()), 0);
    ASSERT_EQ(::pipe(done.data()), 0);
    std::vector<pid_t> pids;
    for (int job = 0; job < kJobs; ++job) {
      pids.push_back(::fork());
      if (pids.back() != 0) continue;
      char byte = 0;
      ::close(go[1]);
      (void)!::read(go[0], &byte, 1);  // the end of it starts all
      const Workdir workdir = claim(std::to_string(job / 2));
      byte = static_cast<char>(workdir.taken() ? 'x' : '0' + job / 2);
      (void)!::write(done[1], &byte, 1);
      ::pause();
    }
    ::close(go[0]);
    ::close(go[1]);
    std::string users;
    for (int job = 0; job < kJobs; ++job) {
      char byte = 0;
      ASSERT_EQ(::read(done[0], &byte, 1), 1);
      if (byte != 'x') users += byte;
    }
    EXPECT_FALSE(users.empty());
    EXPECT_EQ(users, std::string(users.size(), users[0]));
    for (const pid_t pid : pids) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, nullptr, 0);
    }
    ::close(done[0]);
    ::close(done[1]);
  }
}

}  // namespace
}  // namespace skyrun
