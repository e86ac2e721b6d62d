// SPDX-License-Identifier: Apache-2.0
#include "core/open_files.h"

#include <sys/resource.h>

namespace skyrun {
namespace {
rlim_t g_soft_limit =
    0;  // as it was before we raised it; 0: not raised. The limit is the process's.
}

void raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  g_soft_limit = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void restore_open_files() {
  rlimit limit{};
  if (g_soft_limit == 0 || ::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = g_soft_limit;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace skyrun
