// SPDX-License-Identifier: Apache-2.0
//
// Where the ranks of a job's apps sit: as many on each node as the policies of mpirun put there.
// Nodes that are embedded in this machine share its cores: the ranks are placed on the machine as
// one, and dealt to its nodes in blocks.
#pragma once

#include "topology/seating/job_seats.h"

namespace skyrun {

/// `wish.ranks` of them. A node has as many slots as NodeSpec says, or cores. Fails in one line
/// that names the option, the node and the remedy.
Result<SeatedRanks> seat_ranks(const PlacementWish& wish, const JobNodes& nodes);

}  // namespace skyrun
