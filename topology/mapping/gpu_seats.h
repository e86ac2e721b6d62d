// SPDX-License-Identifier: Apache-2.0
//
// The seats of ranks that use GPUs: rank i of a node has its i-th GPU, as programs that take
// LOCAL_RANK for the number of their device assume, and cores near it that no other rank has.
//
// - `strict`: the cores near a GPU, divided among the GPUs that are near the same ones.
// - `fill`: besides, each NUMA node without a GPU is divided among GPUs of its package.
//
// More ranks than GPUs share them in blocks, and divide a GPU's cores; fewer have several. Without
// GPUs the ranks are divided over the NUMA nodes in proportion to their cores. Two ranks have the
// same core only when there are fewer cores than ranks.
#pragma once

#include "topology/mapping/placement.h"

namespace skyrun {

/// `threads_per_core` of each core's hardware threads; 0: all of them. `ranks` seats, in the order
/// of the ranks; none of an empty machine.
std::vector<Seat> seat_beside_gpus(const Machine& machine, uint32_t ranks, bool fill,
                                   uint32_t threads_per_core);

}  // namespace skyrun
