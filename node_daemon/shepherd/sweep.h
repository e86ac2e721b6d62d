// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <vector>

#include "core/event_loop.h"
#include "core/process_tree.h"

namespace skyrun {

/// Makes this process the one that inherits its descendants when their parents end (prctl(2),
/// PR_SET_CHILD_SUBREAPER), so that none of them leaves the family.
void become_subreaper();

/// Ends every descendant of this process: SIGTERM, and SIGKILL to what is left after the grace
/// time. Looks again until nobody is left, since a process may start others while it is killed.
///
/// An interactive bash ignores SIGTERM and would go on with its script's next command once the
/// signal has ended the present one; it gets SIGHUP too, which ends it.
class Sweep {
 public:
  /// Children to leave alone, and what descends from them.
  using Spared = std::function<std::vector<pid_t>()>;

  Sweep(EventLoop& loop, std::function<void()> on_empty, Spared spared = nullptr);

  /// May be called again with a shorter time.
  void start(Millis grace);
  bool active() const { return look_.active(); }

  /// A child ended: look again now rather than at the next tick.
  void look();

  /// Is anybody alive that start() would end?
  bool anybody_left() const { return !targets().empty(); }

  /// To those with a handler for it: to the others around them, such as the `tee` behind a program,
  /// it would mean death. An interactive shell, whose handler may be bash's own that ends it, gets
  /// it when nobody else does.
  void signal_programs(int signo) const;

 private:
  void signal_all(int signo) const;
  std::vector<ProcessEntry> targets() const;

  std::function<void()> on_empty_;
  Spared spared_;
  Timer grace_;
  Timer look_;
  bool killing_ = false;
};

}  // namespace skyrun
