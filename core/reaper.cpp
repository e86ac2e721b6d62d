// SPDX-License-Identifier: Apache-2.0
#include "core/reaper.h"

#include <sys/wait.h>

#include <csignal>
#include <utility>

namespace skyrun {

Reaper::Reaper(EventLoop& loop) : sigchld_(loop, SIGCHLD, [this] { collect(); }) {}

void Reaper::watch(pid_t pid, Callback callback) {
  watched_[pid] = std::move(callback);
}

void Reaper::collect() {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    auto found = watched_.extract(pid);
    if (found) found.mapped()(ExitStatus::from_wait(status));
  }
}

}  // namespace skyrun
