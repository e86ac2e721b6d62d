// SPDX-License-Identifier: Apache-2.0
//
// How many ranks each node gets. Nothing of what a node looks like inside is known here.
#pragma once

#include <cstdint>
#include <vector>

namespace skyrun {

/// What a node has room for.
struct Room {
  uint32_t slots = 0;    ///< without oversubscribing
  uint32_t at_most = 0;  ///< with it
};

using Counts = std::vector<uint32_t>;

/// All of them place `ranks`, or fewer where there is no room; the sum says how many.
///
/// Node by node; what does not fit is then spread evenly over all that still have room.
Counts fill_nodes(uint32_t ranks, const std::vector<Room>& rooms, bool oversubscribe);
/// One on each in turn, as far as their slots go.
Counts balance_nodes(uint32_t ranks, const std::vector<Room>& rooms, bool oversubscribe);

}  // namespace skyrun
