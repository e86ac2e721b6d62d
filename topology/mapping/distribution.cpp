// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/distribution.h"

#include <algorithm>

namespace skyrun {
namespace {

/// The limits of the nodes, and how many ranks are left to place.
struct Division {
  std::vector<uint32_t> limits;
  Counts counts;
  uint32_t left = 0;

  /// At most `wanted` more; how many there was room for.
  uint32_t give(size_t node, uint32_t wanted) {
    const uint32_t given = std::min({wanted, limits[node] - counts[node], left});
    counts[node] += given;
    left -= given;
    return given;
  }
  uint32_t open() const {
    uint32_t open = 0;
    for (size_t i = 0; i < limits.size(); ++i) open += counts[i] < limits[i] ? 1U : 0U;
    return open;
  }
};

Division start(uint32_t ranks, const std::vector<Room>& rooms, bool at_most) {
  Division division{{}, Counts(rooms.size(), 0), ranks};
  for (const auto& room : rooms) division.limits.push_back(at_most ? room.at_most : room.slots);
  return division;
}

/// An equal share to each that has room, and so on with what is left; in the end the first ones
/// have one more.
void spread(Division& division) {
  for (uint32_t open = division.open(); division.left > 0 && open > 0; open = division.open()) {
    const uint32_t share = std::max(1U, division.left / open);
    for (size_t node = 0; node < division.limits.size(); ++node) division.give(node, share);
  }
}

}  // namespace

Counts fill_nodes(uint32_t ranks, const std::vector<Room>& rooms, bool oversubscribe) {
  auto division = start(ranks, rooms, false);
  for (size_t node = 0; node < rooms.size(); ++node) division.give(node, division.left);
  if (!oversubscribe || division.left == 0) return division.counts;
  for (size_t node = 0; node < rooms.size(); ++node) division.limits[node] = rooms[node].at_most;
  spread(division);
  return division.counts;
}

Counts balance_nodes(uint32_t ranks, const std::vector<Room>& rooms, bool oversubscribe) {
  auto division = start(ranks, rooms, oversubscribe);
  spread(division);
  return division.counts;
}

}  // namespace skyrun
