// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/attended_job.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "core/directory.h"
#include "launcher/exit_code.h"

namespace skyrun {

AttendedJob::AttendedJob(EventLoop& loop, Session::Plan plan, const std::string& home)
    : loop_(loop),
      job_(plan.job),
      nodes_(plan.nodes),
      out_(loop, STDOUT_FILENO, "standard output"),
      session_(
          loop, std::move(plan),
          {.on_message =
               [this](const Message& message) {
                 std::visit([this](const auto& each) { view_->on(each); }, message);
                 update_flow();
               },
           .on_notice = [this](const std::string& text) { view_->notice(text); },
           .on_error = [this](const std::string& why) { view_->broken(why); },
           .on_abandoned =
               [this] { view_->on(JobEnded{.state = JobState::cancelled, .stage = Stage::nodes}); },
           .on_closed =
               [this] {
                 closed_ = true;
                 leave_when_written();
               }}) {
  open_log(home);
  screen_.emplace(loop, out_, log_ ? &*log_ : nullptr, Look::of(STDOUT_FILENO));
  view_.emplace(*screen_, job_, nodes_);
  out_.on_drained([this] { update_flow(); });
  out_.on_empty([this] { leave_when_written(); });
  out_.on_broken([this](const Error& error) { on_output_broken(error); });
}

/// The combined log: ~/sky_logs/sky-<time>/run.log.
void AttendedJob::open_log(const std::string& home) {
  const std::string directory = fmt::format("{}/sky_logs/{}", home, job_.run_timestamp());
  const std::string path = directory + "/run.log";
  auto made = make_directories(directory);
  auto fd = made ? open_file(path, O_WRONLY | O_CREAT | O_APPEND, 0666)
                 : tl::unexpected(std::move(made.error()));
  if (!fd) {
    log_problem_ = fd.error().text();
    return;
  }
  log_fd_ = std::move(*fd);
  log_.emplace(loop_, log_fd_.get(), path);
}

int AttendedJob::run(const std::string& title, const std::vector<std::string>& notices,
                     bool propagate_exit_code) {
  for (const auto& notice : notices) view_->notice(notice);
  if (!log_problem_.empty()) view_->notice("no combined log: " + log_problem_);
  for (const int signo : {SIGINT, SIGTERM})
    signals_.emplace_back(loop_, signo, [this] { on_interrupt(); });
  signals_.emplace_back(loop_, SIGHUP, [this] {
    forced_exit_ = exit_hangup;
    loop_.stop();
  });
  signals_.emplace_back(loop_, SIGTSTP,
                        [this] { view_->notice("the job goes on; Ctrl-C stops it"); });
  for (const int signo : {SIGUSR1, SIGUSR2}) {
    signals_.emplace_back(loop_, signo, [this, signo] { session_.signal_ranks(signo); });
  }
  view_->begin(title);
  session_.start();
  loop_.run();
  return forced_exit_.value_or(view_->exit_code(propagate_exit_code));
}

void AttendedJob::on_interrupt() {
  ++interrupts_;
  if (interrupts_ == 1) {
    view_->notice(
        fmt::format("stopping: every rank has {:g} s to end; interrupt again to kill them now",
                    std::chrono::duration<double>(job_.grace).count()));
    session_.cancel(false);
  } else if (interrupts_ == 2) {
    view_->notice("killing every rank");
    session_.cancel(true);
  } else {
    forced_exit_ = exit_cancelled;  // the daemons see that we are gone
    loop_.stop();
  }
}

/// Nobody reads us any more: as for other programs in a pipe, that is the end.
void AttendedJob::on_output_broken(const Error& error) {
  fmt::print(stderr, "skyrun: error: {}: stopping the job\n", error.text());
  session_.cancel(false);
  leave_when_written();
}

void AttendedJob::leave_when_written() {
  if (closed_ && (out_.empty() || out_.broken())) loop_.stop();
}

void AttendedJob::update_flow() {
  session_.set_reading(!out_.full());
}

}  // namespace skyrun
