// SPDX-License-Identifier: Apache-2.0
//
// The files of --map-by seq and --map-by rankfile, as PRRTE reads them. `#` begins a comment.
//
//   seq:       HOST [CPU,…]                a line is a rank, in the order of the lines
//   rankfile:  rank N=HOST slot=SLOTS      HOST may be +nK, the K-th node
//              SLOTS: cores "0,2-4" of the node, or of its packages "0:0-3;1:0,1", "1:*"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// Cores by their logical numbers in a package, or in the node.
struct CoreRange {
  int package = -1;  ///< -1: of the whole node
  uint32_t first = 0;
  uint32_t last = UINT32_MAX;  ///< as many as there are

  friend bool operator==(const CoreRange&, const CoreRange&) = default;
};

struct RankLine {
  uint32_t rank = 0;
  std::string host;
  std::vector<CoreRange> cores;  ///< empty: nothing was said

  friend bool operator==(const RankLine&, const RankLine&) = default;
};

/// In the order of the ranks, which are 0..n-1 without a gap. Fails with "line 3: …".
Result<std::vector<RankLine>> parse_seq(std::string_view text);
Result<std::vector<RankLine>> parse_rankfile(std::string_view text);

}  // namespace skyrun
