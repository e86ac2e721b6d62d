// SPDX-License-Identifier: Apache-2.0
#include "core/limit_signals.h"

#include <csignal>
#include <initializer_list>

namespace skyrun {

void outlive_limit_signals() {
  for (const int signo : {SIGPIPE, SIGXFSZ, SIGXCPU}) std::signal(signo, SIG_IGN);
}

}  // namespace skyrun
