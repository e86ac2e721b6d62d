// SPDX-License-Identifier: Apache-2.0
#include "core/reaper.h"

#include <sys/wait.h>

#include <csignal>
#include <utility>

namespace skyrun {
namespace {

/// Then others have their turn: children may end faster than they are collected.
constexpr int kMostAtOnce = 1000;

}  // namespace

Reaper::Reaper(EventLoop& loop) : loop_(loop), sigchld_(loop, SIGCHLD, [this] { collect(); }) {}

void Reaper::watch(pid_t pid, Callback callback) {
  watched_[pid] = std::move(callback);
}

void Reaper::forget(pid_t pid) {
  watched_.erase(pid);
  for (auto& each : ended_) {
    if (each.pid == pid) each.callback = nullptr;
  }
}

/// All are collected before anybody is told, so that who is told can ask the kernel who is left.
void Reaper::collect() {
  int status = 0;
  int count = 0;
  for (pid_t pid = 0; count < kMostAtOnce && (pid = ::waitpid(-1, &status, WNOHANG)) > 0; ++count) {
    auto found = watched_.extract(pid);
    if (found) ended_.push_back({pid, std::move(found.mapped()), ExitStatus::from_wait(status)});
  }
  if (count == kMostAtOnce) loop_.post([this] { collect(); });
  while (!ended_.empty()) {
    const Ended ended = std::move(ended_.front());
    ended_.pop_front();
    if (ended.callback) ended.callback(ended.status);
  }
  if (count > 0 && after_) after_();
}

}  // namespace skyrun
