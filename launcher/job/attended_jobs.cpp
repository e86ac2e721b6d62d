// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/attended_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <utility>

#include "core/directory.h"
#include "core/inheritance.h"
#include "launcher/exit_code.h"
#include "launcher/job/group_names.h"
#include "launcher/output/duration_text.h"

namespace skyrun {

AttendedJobs::AttendedJobs(EventLoop& loop, Submission submission)
    : loop_(loop),
      reaper_(loop),
      submission_(std::move(submission)),
      console_(loop, submission_.log_directory, submission_.voice),
      addresses_(submission_.jobs.size()) {
  for (size_t i = 0; i < submission_.jobs.size(); ++i) {
    jobs_.push_back(std::make_unique<Job>(
        loop_, reaper_, console_, std::move(submission_.jobs[i]),
        Job::Events{.on_placed = [this, i](const Placed& placed) { on_placed(i, placed); },
                    .on_ended = [this, i] { on_ended(i); }}));
  }
  for (const auto& link : submission_.log_links)
    point_link(link, std::filesystem::path(submission_.log_directory).filename());
  console_.on_settled([this] { leave_when_done(); });
  console_.on_broken([this](const Error& error) { on_output_broken(error); });
  watch_signals();
}

int AttendedJobs::run(bool propagate_exit_code) {
  for (const auto& notice : submission_.notices) console_.notice(notice);
  if (submission_.order == Submission::Order::serial) {
    jobs_[0]->start();
  } else {
    for (auto& job : jobs_) job->start();
  }
  loop_.run();
  return forced_exit_.value_or(exit_code(propagate_exit_code));
}

template <class Action>
void AttendedJobs::for_each_running(Action action) {
  for (auto& job : jobs_) {
    if (job->running()) action(*job);
  }
}

// The person.

void AttendedJobs::watch_signals() {
  for (const int signo : {SIGINT, SIGTERM}) {
    watch_signal(signo, [this] { on_interrupt(); });
  }
  watch_signal(SIGHUP, [this] {
    forced_exit_ = exit_hangup;
    loop_.stop();
  });
  watch_signal(SIGTSTP, [this] { console_.notice("the job goes on; Ctrl-C stops it"); });
  for (const int signo : {SIGUSR1, SIGUSR2}) {
    watch_signal(signo, [this, signo] {
      for_each_running([signo](Job& job) { job.session().signal_ranks(signo); });
    });
  }
}

void AttendedJobs::watch_signal(int signo, std::function<void()> callback) {
  if (!is_ignored(signo)) signals_.emplace_back(loop_, signo, std::move(callback));
}

void AttendedJobs::on_interrupt() {
  stopped_ = true;
  ++interrupts_;
  if (interrupts_ > 2) {
    forced_exit_ = exit_cancelled;  // the daemons see that we are gone
    return loop_.stop();
  }
  const bool at_once = interrupts_ == 2;
  const auto grace = std::chrono::duration<double>(jobs_[0]->spec().grace).count();
  console_.notice(
      at_once
          ? "killing every rank"
          : fmt::format("stopping: every rank has {:g} s to end; interrupt again to kill them now",
                        grace));
  for_each_running([at_once](Job& job) { job.session().cancel(at_once); });
}

/// Nobody reads us any more: as for other programs in a pipe, that is the end.
void AttendedJobs::on_output_broken(const Error& error) {
  stopped_ = true;
  console_.error(error.text() + ": stopping the job");
  for_each_running([](Job& job) { job.session().cancel(false); });
  leave_when_done();
}

// Jobs that know each other.

void AttendedJobs::on_placed(size_t index, const Placed& placed) {
  addresses_[index] = placed.addresses;
  if (submission_.order == Submission::Order::serial) return;
  const auto placed_nowhere = [](const auto& each) { return each.empty(); };
  if (std::none_of(addresses_.begin(), addresses_.end(), placed_nowhere)) introduce();
}

/// Tells every job of the group the names and addresses of all, and lets it go on.
void AttendedJobs::introduce() {
  std::vector<GroupMember> members;
  for (size_t i = 0; i < jobs_.size(); ++i) {
    for (size_t k = 0; k < addresses_[i].size(); ++k) {
      members.push_back({.task = jobs_[i]->spec().name, .index = k, .address = addresses_[i][k]});
    }
  }
  for (auto& job : jobs_) job->session().introduce(hosts_lines(members, job->spec().group));
}

// Order.

void AttendedJobs::on_ended(size_t index) {
  if (submission_.order == Submission::Order::serial) {
    go_on_serially();
  } else {
    end_the_others();
    // Who never came up leaves the others waiting for its names.
    if (addresses_[index].empty()) for_each_running([](Job& job) { job.session().cancel(false); });
  }
  leave_when_done();
}

void AttendedJobs::go_on_serially() {
  const auto next =
      std::find_if(jobs_.begin(), jobs_.end(), [](const auto& job) { return !job->ended(); });
  if (next == jobs_.end()) return;
  const auto& last = *std::prev(next);
  if (!stopped_ && last->state() == JobState::succeeded) return (*next)->start();
  stopped_ = true;
  for (auto rest = next; rest != jobs_.end(); ++rest) (*rest)->give_up();
}

/// The group is over with its primary tasks.
void AttendedJobs::end_the_others() {
  std::vector<size_t> primary = submission_.primary;
  for (size_t i = 0; submission_.primary.empty() && i < jobs_.size(); ++i) primary.push_back(i);
  const bool over =
      std::all_of(primary.begin(), primary.end(), [this](size_t i) { return jobs_[i]->ended(); });
  if (!over || std::exchange(terminating_, true)) return;
  for (size_t i = 0; i < jobs_.size(); ++i) {
    if (!jobs_[i]->running()) continue;
    const auto delay = submission_.termination_delays.empty() ? std::chrono::milliseconds(0)
                                                              : submission_.termination_delays[i];
    terminations_.push_back(std::make_unique<Timer>(loop_, [this, i] {
      if (jobs_[i]->running()) jobs_[i]->stop_with_group();
    }));
    terminations_.back()->start(delay);
  }
}

// The end.

bool AttendedJobs::all_ended() const {
  const auto settled = [this](const auto& job) {
    return job->ended() || (stopped_ && !job->running());
  };
  return std::all_of(jobs_.begin(), jobs_.end(), settled);
}

void AttendedJobs::leave_when_done() {
  if (!all_ended()) return;
  if (!std::exchange(said_goodbye_, true)) say_goodbye();
  if (console_.settled()) loop_.stop();
}

/// What its tasks came to together: some may have been stopped, and all is well.
void AttendedJobs::say_how_group_ended() {
  const int code = exit_code(false);
  const JobState state = code == exit_ok          ? JobState::succeeded
                         : code == exit_cancelled ? JobState::cancelled
                                                  : JobState::failed;
  console_.say(fmt::format("{} Job group {} finished (status: {}).", code == exit_ok ? "✓" : "✗",
                           submission_.group, to_text(state)));
}

/// How long it took, and where to read it all again.
void AttendedJobs::say_goodbye() {
  if (submission_.order == Submission::Order::parallel) say_how_group_ended();
  const std::string logs = console_.has_log() ? ", logs: " + submission_.log_directory : "";
  console_.say(fmt::format("  took {}{}", duration_text(console_.age()), logs));
}

/// Of the first job that failed by itself. Those that ended with their group do not count.
int AttendedJobs::exit_code(bool propagate) const {
  bool cancelled = false;
  for (const auto& job : jobs_) {
    const bool is_cancelled = !job->ended() || job->state() == JobState::cancelled;
    const int code = job->exit_code(propagate);
    if (!is_cancelled && code != exit_ok) return code;
    cancelled = cancelled || is_cancelled;
  }
  const bool wanted = terminating_ && !stopped_;
  return cancelled && !wanted ? exit_cancelled : exit_ok;
}

}  // namespace skyrun
