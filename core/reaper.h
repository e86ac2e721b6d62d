// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>

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
  void forget(pid_t pid) { watched_.erase(pid); }

 private:
  void collect();

  std::map<pid_t, Callback> watched_;
  SignalWatch sigchld_;
};

}  // namespace skyrun
