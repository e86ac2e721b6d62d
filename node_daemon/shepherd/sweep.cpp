// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/sweep.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "core/process_tree.h"

namespace skyrun {
namespace {
constexpr Millis kLookPeriod{100};

bool is_deaf_shell(pid_t pid) {
  return ignores_signal(pid, SIGTERM) && is_interactive_shell(pid);
}
}  // namespace

void become_subreaper() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Sweep::Sweep(EventLoop& loop, std::function<void()> on_empty, Spared spared)
    : on_empty_(std::move(on_empty)),
      spared_(std::move(spared)),
      grace_(loop,
             [this] {
               killing_ = true;
               look();
             }),
      look_(loop, [this] { look(); }) {}

std::vector<ProcessEntry> Sweep::targets() const {
  auto processes = list_processes();
  for (const pid_t pid : spared_ ? spared_() : std::vector<pid_t>()) {
    for (auto& process : processes) {
      if (process.pid == pid) process.parent = 0;  // out of the family, with what descends from it
    }
  }
  return descendants_of(processes, ::getpid());
}

void Sweep::signal_all(int signo) const {
  const auto family = targets();
  for (const auto& process : family) {  // first: it must not see its command end before it knows
    if (signo == SIGTERM && is_deaf_shell(process.pid)) signal_process(process, SIGHUP);
  }
  for (const auto& process : family) signal_process(process, signo);
}

void Sweep::signal_programs(int signo) const {
  std::vector<ProcessEntry> programs;
  std::vector<ProcessEntry> shells;
  for (const auto& process : targets()) {
    if (!catches_signal(process.pid, signo)) continue;
    (is_interactive_shell(process.pid) ? shells : programs).push_back(process);
  }
  for (const auto& process : programs.empty() ? shells : programs) signal_process(process, signo);
}

void Sweep::start(Millis grace) {
  look_.repeat(kLookPeriod);
  if (grace.count() == 0) {
    killing_ = true;
  } else {
    signal_all(SIGTERM);
    grace_.start(grace);
  }
  look();
}

void Sweep::look() {
  if (!look_.active()) return;
  if (killing_) signal_all(SIGKILL);
  if (anybody_left()) return;
  grace_.stop();
  look_.stop();
  killing_ = false;
  on_empty_();
}

}  // namespace skyrun
