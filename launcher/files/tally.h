// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace skyrun {

/// Regular files, and what is in them.
struct Tally {
  uint64_t files = 0;
  uint64_t bytes = 0;
  friend bool operator==(const Tally&, const Tally&) = default;
};

}  // namespace skyrun
