// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/job.h"

namespace skyrun {

/// Gathers how the ranks of apps on this node end, and says it in as few words as may be: a failure
/// at once, for it stops the others; the rest together, when none is left. What followed one
/// another and ended alike is one.
class RankEnds {
 public:
  explicit RankEnds(uint32_t ranks = 0) : left_(ranks) {}

  /// Of one rank. True when it is time to take().
  bool add(const RankEnd& end);

  uint32_t left() const { return left_; }

  /// Those since the last time.
  std::vector<RankEnd> take();

 private:
  uint32_t left_;
  std::vector<RankEnd> ends_;
};

}  // namespace skyrun
