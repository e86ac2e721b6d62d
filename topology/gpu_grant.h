// SPDX-License-Identifier: Apache-2.0
//
// How many GPUs of a node were given to us, by those who say it with a number. Flux and PBS do not:
// their gpu-affinity plugin and their cgroups hook give GPUs by CUDA_VISIBLE_DEVICES alone, an
// invalid or empty list where they give none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/environment.h"
#include "topology/machine.h"

namespace skyrun {

/// By an outer SkyPilot, or by Slurm.
struct GpuGrant {
  uint32_t count = 0;
  std::string variable;  ///< who says it
};

/// SkyPilot's before Slurm's; nothing: nobody said.
std::optional<GpuGrant> granted_gpus(const Environment& environment);

/// Leaves the first of those that can be seen, at most as many as were granted; returns what to say
/// where the two numbers differ.
std::optional<std::string> keep_granted(std::vector<Gpu>& visible, const Environment& environment);

}  // namespace skyrun
