// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace skyrun {

/// SIGINT, SIGTERM and SIGHUP wait while this is there, so that what must be cleaned up is. They
/// come when it goes. Those that are ignored stay so. Programs that are started meanwhile get them
/// as always.
class SignalHold {
 public:
  SignalHold();
  SignalHold(const SignalHold&) = delete;
  SignalHold& operator=(const SignalHold&) = delete;
  ~SignalHold();

 private:
  sigset_t before_;
};

}  // namespace skyrun
