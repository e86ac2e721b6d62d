// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_grant.h"

#include "core/text.h"

namespace skyrun {
namespace {

constexpr const char* kVisible = "CUDA_VISIBLE_DEVICES";

uint32_t entries(const std::string& list) {
  return trim(list).empty() ? 0 : static_cast<uint32_t>(split(list, ',').size());
}

/// What Slurm sets where it gave no GPU, whichever vendor's the node has.
bool hides_all(const Environment& environment) {
  const auto visible = environment(kVisible);
  return environment("SLURM_JOB_ID") && visible && trim(*visible).empty();
}

std::string words(const GpuGrant& grant) {
  if (grant.variable == kVisible) return grant.variable + " of Slurm is empty";
  return grant.variable + " is " + std::to_string(grant.count);
}

}  // namespace

std::optional<GpuGrant> granted_gpus(const Environment& environment) {
  for (const char* name : {"SKYPILOT_NUM_GPUS_PER_NODE", "SLURM_GPUS_ON_NODE"}) {
    const auto value = environment(name);
    const auto count = value ? to_number<uint32_t>(trim(*value)) : std::nullopt;
    if (count) return GpuGrant{*count, name};
  }
  // Their numbers are of the whole node, which the job may not see: only how many counts.
  for (const char* name : {"SLURM_STEP_GPUS", "SLURM_JOB_GPUS"}) {
    if (const auto value = environment(name)) return GpuGrant{entries(*value), name};
  }
  if (hides_all(environment)) return GpuGrant{0, kVisible};
  return std::nullopt;
}

std::optional<std::string> keep_granted(std::vector<Gpu>& visible, const Environment& environment) {
  const auto grant = granted_gpus(environment);
  if (!grant || grant->count == visible.size()) return std::nullopt;
  auto notice = words(*grant) + ", but " + std::to_string(visible.size()) + " GPUs can be seen";
  if (grant->count < visible.size()) visible.resize(grant->count);
  return notice;
}

}  // namespace skyrun
