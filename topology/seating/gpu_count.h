// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "topology/seating/job_seats.h"

namespace skyrun {

/// What --gpus auto comes to: as many on every node as the one with fewest has. Embedded nodes
/// share those of this machine.
struct GpuCount {
  uint32_t per_node = 0;
  std::string words;  ///< "2 GPUs on every node (H100); h3 has 8"
};

GpuCount count_gpus(const JobNodes& nodes);

/// Is one of them a MIG instance? Then a rank must be told which are its own.
bool has_mig(const std::vector<NodeFacts>& facts);

}  // namespace skyrun
