// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <ctime>

namespace skyrun {

/// What a copy keeps of a file or directory beside its content. Owners are not kept.
struct Attributes {
  mode_t mode = 0;  ///< the twelve permission bits
  timespec mtime{};
};

}  // namespace skyrun
