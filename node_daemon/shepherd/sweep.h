// SPDX-License-Identifier: Apache-2.0
//
// Ends every descendant of this process, which must be their subreaper:
//
//     idle --start(grace)--> asking --grace is over--> killing --nobody is left--> idle
//     idle --start(0)------------------------------->          --patience is over--> idle
//
// Asked is by SIGTERM, and SIGCONT for what is stopped. An interactive bash ignores SIGTERM and
// would go on with its script's next command once the signal has ended the present one; it gets
// SIGHUP too, which ends it.
//
// Whether anybody is left is asked of the kernel: a subreaper without children has no descendants.
// What a killed process leaves becomes our child at once, so killing the children again and again
// ends them all, also a process that starts another and ends before it is seen. What cannot be
// killed (another user's, one that waits for a device) is named when patience is over.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/process_tree.h"
#include "core/reaper.h"

namespace skyrun {

/// Makes this process the one that inherits its descendants when their parents end (prctl(2),
/// PR_SET_CHILD_SUBREAPER), so that none of them leaves the family.
void become_subreaper();

class Sweep {
 public:
  /// Children to leave alone, and what descends from them.
  using Spared = std::function<std::vector<pid_t>()>;

  /// Told once a start(): `left` are those that could not be killed, mostly "".
  using OnEnd = std::function<void(const std::string& left)>;

  Sweep(EventLoop& loop, Reaper& reaper, OnEnd on_end, Spared spared = nullptr);

  /// May be called again with a shorter time.
  void start(Millis grace);
  bool active() const { return state_ != State::idle; }

  /// Is anybody there that start() would end?
  bool anybody_left() const;

  /// To those with a handler for it: to the others around them, such as the `tee` behind a program,
  /// it would mean death. An interactive shell, whose handler may be bash's own that ends it, gets
  /// it when nobody else does.
  void signal_programs(int signo) const;

 private:
  enum class State { idle, asking, killing };

  void look();
  void ask() const;
  void end(const std::string& left);
  std::vector<pid_t> spared() const;
  std::string who_is_left() const;

  OnEnd on_end_;
  Spared spared_;
  State state_ = State::idle;
  Timer grace_;     // while asking
  Timer look_;      // while killing
  Timer patience_;  // while killing
};

}  // namespace skyrun
