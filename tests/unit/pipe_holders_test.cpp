// SPDX-License-Identifier: Apache-2.0
#include "core/pipe_holders.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>

#include "core/fd.h"
#include "core/subprocess.h"

namespace skyrun {
namespace {

using Names = std::vector<std::string>;

TEST(PipeHoldersTest, AreTheChildrenThatHaveIt) {
  auto pipe = make_pipe();
  ASSERT_TRUE(pipe);
  EXPECT_EQ(holders_of(pipe->first.get()), Names());  // we ourselves do not count

  const auto with = spawn({.argv = {"sleep", "1000"}, .stdout_fd = pipe->second.get()});
  const auto without = spawn({.argv = {"tail", "-f", "/dev/null"}});
  ASSERT_TRUE(with && without);
  EXPECT_EQ(holders_of(pipe->first.get()), Names{"sleep"});

  for (const pid_t pid : {*with, *without}) ::kill(pid, SIGKILL);
  for (const pid_t pid : {*with, *without}) ::waitpid(pid, nullptr, 0);
  EXPECT_EQ(holders_of(pipe->first.get()), Names());
}

}  // namespace
}  // namespace skyrun
