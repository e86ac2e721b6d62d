// SPDX-License-Identifier: Apache-2.0
//
// The seats of one node's ranks for the policies of PRRTE: in the order of mapping, each on an
// object, and bound to the first of it that has the fewest ranks.
#pragma once

#include "topology/mapping/defaults.h"
#include "topology/mapping/units.h"

namespace skyrun {

/// Fails when an object or CPU that was asked for is not there; the text is to be put within the
/// node's name.
Result<std::vector<Seat>> seat_ranks(const Units& units, const Plan& plan, uint32_t ranks);

}  // namespace skyrun
