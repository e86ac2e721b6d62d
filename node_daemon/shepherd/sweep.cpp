// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/sweep.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr Millis kLookPeriod{20};
/// What SIGKILL has not ended by then it does not end.
constexpr Millis kPatience{5000};
constexpr size_t kMostNames = 8;

bool is_deaf_shell(pid_t pid) {
  return ignores_signal(pid, SIGTERM) && is_interactive_shell(pid);
}

}  // namespace

void become_subreaper() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Sweep::Sweep(EventLoop& loop, Reaper& reaper, OnEnd on_end, Spared spared)
    : on_end_(std::move(on_end)),
      spared_(std::move(spared)),
      grace_(loop, [this] { start(Millis(0)); }),
      look_(loop, [this] { look(); }),
      patience_(loop, [this] { end(who_is_left()); }) {
  reaper.after_collect([this] { look(); });
}

std::vector<pid_t> Sweep::spared() const {
  return spared_ ? spared_() : std::vector<pid_t>();
}

bool Sweep::anybody_left() const {
  const auto left_alone = spared();
  if (left_alone.empty()) return has_children();
  const auto children = own_children();
  return std::any_of(children.begin(), children.end(), [&left_alone](pid_t child) {
    return std::find(left_alone.begin(), left_alone.end(), child) == left_alone.end();
  });
}

void Sweep::start(Millis grace) {
  if (grace.count() > 0 && state_ != State::killing) {
    state_ = State::asking;
    ask();
    grace_.start(grace);
  } else if (state_ != State::killing) {
    state_ = State::killing;
    grace_.stop();
    look_.repeat(kLookPeriod);
    patience_.start(kPatience);
  }
  look();
}

void Sweep::ask() const {
  const auto family = descendants_of(::getpid(), spared());
  for (const auto& process : family) {  // first: it must not see its command end before it knows
    if (is_deaf_shell(process.pid)) signal_process(process, SIGHUP);
  }
  for (const int signo : {SIGTERM, SIGCONT}) {
    for (const auto& process : family) signal_process(process, signo);
  }
}

void Sweep::look() {
  if (state_ == State::killing) kill_own_children(spared());
  if (state_ != State::idle && !anybody_left()) end("");
}

void Sweep::end(const std::string& left) {
  state_ = State::idle;
  for (Timer* timer : {&grace_, &look_, &patience_}) timer->stop();
  on_end_(left);
}

std::string Sweep::who_is_left() const {
  std::vector<std::string> names;
  for (const auto& process : descendants_of(::getpid(), spared())) {
    if (names.size() < kMostNames)
      names.push_back(fmt::format("{} (pid {})", printable(command_of(process.pid)), process.pid));
  }
  return names.empty() ? "a process that was not seen" : join(names, ", ");
}

void Sweep::signal_programs(int signo) const {
  std::vector<ProcessEntry> programs;
  std::vector<ProcessEntry> shells;
  for (const auto& process : descendants_of(::getpid(), spared())) {
    if (!catches_signal(process.pid, signo)) continue;
    (is_interactive_shell(process.pid) ? shells : programs).push_back(process);
  }
  for (const auto& process : programs.empty() ? shells : programs) signal_process(process, signo);
}

}  // namespace skyrun
