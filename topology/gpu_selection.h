// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "protocol/job_spec.h"
#include "topology/machine.h"

namespace skyrun {

/// What makes programs see just some GPUs of a machine.
struct GpuSelection {
  Variables variables;
  Variables defaults;  ///< of these, what the environment has already stays
};

/// The GPUs at `places` of Machine::gpus, in this order. `uuids[i]` is that of gpus[i], "" or
/// missing where it is not known. By UUID where all have one, for indices mean another device once
/// a container or a scheduler hides some.
///
/// CUDA_VISIBLE_DEVICES: CUDA C++ Programming Guide, "CUDA Environment Variables".
/// ROCR_VISIBLE_DEVICES: ROCm documentation, "GPU isolation techniques"; HIP's own numbers begin
/// again at 0 among what it leaves. ZE_AFFINITY_MASK: oneAPI Level Zero specification, "Programming
/// Guide, Environment Variables".
GpuSelection select_gpus(const Machine& machine, const std::vector<std::string>& uuids,
                         const std::vector<uint32_t>& places);

/// Is it the UUID of a MIG instance? Of those a process sees one at a time, by its UUID only.
bool is_mig(const std::string& uuid);

}  // namespace skyrun
