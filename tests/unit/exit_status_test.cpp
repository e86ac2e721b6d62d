// SPDX-License-Identifier: Apache-2.0
#include "core/exit_status.h"

#include <gtest/gtest.h>

#include <csignal>

namespace skyrun {
namespace {

TEST(ExitStatusTest, SaysHowAProcessEnded) {
  EXPECT_EQ(to_text({.code = 3}), "exit code 3");
  EXPECT_EQ(to_text({.signal = SIGKILL}), "signal 9 (Killed)");
  EXPECT_EQ(to_text({.signal = SIGRTMIN}), "signal 34 (Real-time signal 0)");
  EXPECT_EQ(to_text({.signal = SIGRTMAX}), "signal 64 (Real-time signal 30)");
  EXPECT_EQ(to_text({.signal = 32}), "signal 32 (a signal without a name)");
}

TEST(ExitStatusTest, EveryNumberHasAText) {
  for (int number = -1; number <= 300; ++number) {
    EXPECT_FALSE(to_text({.signal = number}).empty());
    EXPECT_FALSE(to_text({.code = number}).empty());
  }
  for (int status = 0; status < 1 << 16; ++status) {  // whatever waitpid() may give
    EXPECT_FALSE(to_text(ExitStatus::from_wait(status)).empty());
  }
}

}  // namespace
}  // namespace skyrun
