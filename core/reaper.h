// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <deque>
#include <functional>
#include <map>
#include <utility>

#include "core/event_loop.h"
#include "core/exit_status.h"

namespace skyrun {

/// Collects every child that ends, also those this process inherited as a subreaper, and tells
/// who asked. One per process: waitpid(-1) has only one answer to give.
class Reaper {
 public:
  using Callback = std::function<void(ExitStatus)>;

  explicit Reaper(EventLoop& loop);

  /// Calls back once when `pid`, a child started in this turn of the loop, ends.
  void watch(pid_t pid, Callback callback);

  /// Nobody waits for it any more; it is still collected.
  void forget(pid_t pid);

  /// Calls back each time some have been collected and told, whoever they were.
  void after_collect(std::function<void()> callback) { after_ = std::move(callback); }

 private:
  struct Ended {
    pid_t pid;
    Callback callback;
    ExitStatus status;
  };

  void collect();

  EventLoop& loop_;
  std::map<pid_t, Callback> watched_;
  std::deque<Ended> ended_;  // collected, to be told
  std::function<void()> after_;
  SignalWatch sigchld_;
};

}  // namespace skyrun
