// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/mapping/placement.h"

namespace skyrun {

/// The seats of a node, in the order of mapping.
struct SeatBlock {
  uint32_t first = 0;  ///< place in the list of seats
  uint32_t count = 0;
};

/// Numbers the seats of all nodes:
///
///                    node 0            node 1
///     slot           0 1 2 3           4 5 6 7         in the order of mapping
///     node           0 2 4 6           1 3 5 7
///     fill, objects  0 1 | 2 3         4 5 | 6 7       an object after another
///     span, objects  0 4 | 1 5         2 6 | 3 7       one on each object of all nodes, and again
std::vector<PlacedRank> number_ranks(const std::vector<SeatBlock>& blocks,
                                     const std::vector<Seat>& seats, RankBy rank_by);

}  // namespace skyrun
