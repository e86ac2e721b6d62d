// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/reaper.h"
#include "launcher/job/console.h"
#include "launcher/job/job.h"
#include "launcher/job/submission.h"

namespace skyrun {

/// Jobs with a person before them: runs them in their order and hands the person's signals on.
///
///     SIGINT, SIGTERM   once: every rank is asked to stop; twice: killed; three times: we go
///     SIGHUP            the terminal is gone, and so are we; the daemons end the job by themselves
///     SIGUSR1, SIGUSR2  go to every rank
///
/// What was ignored when skyrun began (nohup) stays ignored.
class AttendedJobs {
 public:
  /// From here on signals are its own.
  AttendedJobs(EventLoop& loop, Submission submission);

  /// Runs them to their end and returns the exit code.
  int run(bool propagate_exit_code);

 private:
  void watch_signals();
  void watch_signal(int signo, std::function<void()> callback);
  void on_interrupt();
  void on_output_broken(const Error& error);
  void on_placed(size_t index, const Placed& placed);
  void introduce();
  void on_ended(size_t index);
  void go_on_serially();
  void end_the_others();
  bool all_ended() const;
  void leave_when_done();
  void say_goodbye();
  void say_how_group_ended();
  int exit_code(bool propagate) const;
  template <class Action>
  void for_each_running(Action action);

  EventLoop& loop_;
  Reaper reaper_;
  Submission submission_;
  Console console_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::vector<std::vector<std::string>> addresses_;  // of the nodes of jobs that are placed
  std::vector<std::unique_ptr<Timer>> terminations_;
  std::vector<SignalWatch> signals_;
  int interrupts_ = 0;
  bool stopped_ = false;  // no further job is started
  bool terminating_ = false;
  bool said_goodbye_ = false;
  std::optional<int> forced_exit_;
};

}  // namespace skyrun
