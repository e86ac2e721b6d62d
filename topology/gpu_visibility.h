// SPDX-License-Identifier: Apache-2.0
//
// What the environment lets programs see of a node's GPUs, by the vendors' variables.
// CUDA_VISIBLE_DEVICES, ROCR_VISIBLE_DEVICES, then HIP_VISIBLE_DEVICES: they filter and they order.
// ZE_AFFINITY_MASK filters. NVIDIA_VISIBLE_DEVICES is for container tools and says nothing here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/environment.h"
#include "topology/machine.h"

namespace skyrun {

/// A list stops at its first entry that is none. Indices are of the vendor's order (of CUDA's: see
/// cuda_order.h); HIP's are of what ROCR's left. A MIG id is a GPU of its own.
std::vector<Gpu> visible_gpus(const std::vector<Gpu>& gpus, const Environment& environment);

}  // namespace skyrun
