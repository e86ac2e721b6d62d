// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/reaper.h"
#include "launcher/job/console.h"
#include "launcher/job/job.h"

namespace skyrun {

/// The jobs of one command and how they relate.
struct JobsPlan {
  enum class Order {
    serial,   ///< each when the one before it has succeeded
    parallel  ///< all at once, knowing each other by name
  };

  Order order = Order::serial;
  std::vector<JobPlan> jobs;
  std::vector<std::string> notices;
  std::string log_directory;           ///< of the combined log
  std::vector<std::string> log_links;  ///< by which people find it
  Voice voice = Voice::normal;
  std::string group;  ///< parallel: its name

  /// parallel: the group ends when these have, indices into jobs; all of them when empty. The
  /// others are then stopped, each after its delay.
  std::vector<size_t> primary;
  std::vector<std::chrono::milliseconds> termination_delays;  ///< one a job, or empty
};

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
  AttendedJobs(EventLoop& loop, JobsPlan plan);

  /// Runs them to their end and returns the exit code.
  int run(bool propagate_exit_code);

 private:
  void watch_signals();
  void watch_signal(int signo, std::function<void()> callback);
  void on_interrupt();
  void on_output_broken(const Error& error);
  void on_up(size_t index, const Inventory& inventory);
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
  JobsPlan plan_;
  Console console_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::vector<std::optional<Inventory>> inventories_;  // of jobs that await approval
  std::vector<std::unique_ptr<Timer>> terminations_;
  std::vector<SignalWatch> signals_;
  int interrupts_ = 0;
  bool stopped_ = false;  // no further job is started
  bool terminating_ = false;
  bool said_goodbye_ = false;
  std::optional<int> forced_exit_;
};

}  // namespace skyrun
