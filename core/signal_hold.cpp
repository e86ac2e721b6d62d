// SPDX-License-Identifier: Apache-2.0
#include "core/signal_hold.h"

#include <initializer_list>

#include "core/inheritance.h"

namespace skyrun {

SignalHold::SignalHold() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signo : {SIGINT, SIGTERM, SIGHUP}) {
    if (!is_ignored(signo)) sigaddset(&held, signo);  // or it would come, and not be ignored
  }
  ::pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalHold::~SignalHold() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace skyrun
