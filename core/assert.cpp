// SPDX-License-Identifier: Apache-2.0
#include "core/assert.h"

#include <cstdio>
#include <cstdlib>

namespace skyrun {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "skyrun: internal error: %s does not hold (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace skyrun
