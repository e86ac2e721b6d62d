// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "launcher/job/job_view.h"
#include "launcher/job/session.h"
#include "launcher/output/screen.h"
#include "launcher/output/writer.h"

namespace skyrun {

/// A job with a person before it: joins the session to the screen and the combined log, and the
/// person's signals to the session.
///
///     SIGINT, SIGTERM   once: every rank is asked to stop; twice: killed; three times: we go
///     SIGHUP            the terminal is gone, and so are we; the daemons end the job by themselves
///     SIGUSR1, SIGUSR2  go to every rank
class AttendedJob {
 public:
  AttendedJob(EventLoop& loop, Session::Plan plan, const std::string& home);

  /// Runs it to its end and returns the exit code.
  int run(const std::string& title, const std::vector<std::string>& notices,
          bool propagate_exit_code);

 private:
  void open_log(const std::string& home);
  void on_interrupt();
  void on_output_broken(const Error& error);
  void leave_when_written();
  void update_flow();

  EventLoop& loop_;
  JobSpec job_;
  std::vector<NodeSpec> nodes_;
  FdWriter out_;
  Fd log_fd_;
  std::optional<FdWriter> log_;
  std::optional<Screen> screen_;
  std::optional<JobView> view_;
  Session session_;
  std::vector<SignalWatch> signals_;
  int interrupts_ = 0;
  bool closed_ = false;
  std::optional<int> forced_exit_;
  std::string log_problem_;
};

}  // namespace skyrun
