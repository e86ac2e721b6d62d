// SPDX-License-Identifier: Apache-2.0
//
// Where the ranks of a job sit: one rank a node, rank i on node i. Nodes that are embedded in this
// machine share its CPUs and GPUs, so that there placement is among the ranks of one machine.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "protocol/message.h"
#include "protocol/placement_wish.h"
#include "protocol/seats.h"
#include "topology/seating/node_machines.h"

namespace skyrun {

/// As JobSeats has them, and in words.
struct SeatedRanks {
  std::vector<RankSeat> seats;
  std::vector<uint32_t> seat_of;
  RankMap ranks;    ///< of apps
  std::string map;  ///< the policy, and a line for each rank; where it is to be shown
};

/// The nodes that a job has, and what they said.
struct JobNodes {
  const std::vector<NodeSpec>& specs;
  const std::vector<NodeFacts>& facts;
  const NodeMachines& machines;  ///< of each is known
};

/// `gpus` are those of each rank. Fails in one line that names the option, the node and the remedy.
Result<SeatedRanks> seat_job(const PlacementWish& wish, const JobNodes& nodes, uint32_t gpus);

/// Does the node's environment show its GPUs in another order than its drivers, or not all of them?
/// Then "the first two" is no 0,1.
bool hides_gpus(const Machine& machine);

/// How many of these nodes are one machine.
uint32_t nodes_per_machine(const std::vector<NodeSpec>& nodes);

}  // namespace skyrun
