// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <functional>

#include "core/event_loop.h"

namespace skyrun {

/// A test with a real event loop. As the programs do, it ignores SIGPIPE.
class LoopTest : public ::testing::Test {
 protected:
  LoopTest() { std::signal(SIGPIPE, SIG_IGN); }

  /// Turns the loop until `done`, for at most `limit`: what never comes fails the test, and does
  /// not hang it.
  bool run_until(const std::function<bool()>& done, Millis limit = Millis(10000)) {
    Timer give_up(loop_, [this] { loop_.stop(); });
    Timer look(loop_, [this, &done] {
      if (done()) loop_.stop();
    });
    give_up.start(limit);
    look.repeat(Millis(1));
    if (!done()) loop_.run();
    return done();
  }

  /// Turns the loop for this long, to see that something does not happen.
  void run_for(Millis time) {
    run_until([] { return false; }, time);
  }

  EventLoop loop_;
};

}  // namespace skyrun
