// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_grant.h"

#include <gtest/gtest.h>

#include "tests/support/fake_environment.h"
#include "topology/gpu_visibility.h"

namespace skyrun {
namespace {

int count(const Variables& variables) {
  const auto grant = granted_gpus(environment(variables));
  return grant ? static_cast<int>(grant->count) : -1;
}

/// Of eight GPUs of a vendor, those that the variables leave, and the notice.
std::pair<size_t, std::string> kept(const Variables& variables, uint16_t vendor = 0x10de) {
  std::vector<Gpu> gpus(8);
  for (uint32_t i = 0; i < 8; ++i) {
    gpus[i].index = i;
    gpus[i].vendor = vendor;
  }
  gpus = visible_gpus(gpus, environment(variables));
  const auto notice = keep_granted(gpus, environment(variables));
  return {gpus.size(), notice.value_or("")};
}

using Kept = std::pair<size_t, std::string>;

TEST(GpuGrantTest, OuterSkyPilotComesBeforeSlurm) {
  EXPECT_EQ(count({}), -1);
  EXPECT_EQ(count({{"SKYPILOT_NUM_GPUS_PER_NODE", "0"}, {"SLURM_GPUS_ON_NODE", "4"}}), 0);
  EXPECT_EQ(count({{"SLURM_GPUS_ON_NODE", "4"}, {"SLURM_STEP_GPUS", "0,1"}}), 4);
  EXPECT_EQ(count({{"SLURM_STEP_GPUS", "0,1"}, {"SLURM_JOB_GPUS", "0,1,2"}}), 2);
  EXPECT_EQ(count({{"SLURM_JOB_GPUS", ""}}), 0);
}

TEST(GpuGrantTest, SmallerNumberCountsAndIsSaidOnce) {
  EXPECT_EQ(kept({}), Kept(8, ""));
  EXPECT_EQ(kept({{"SLURM_GPUS_ON_NODE", "8"}}), Kept(8, ""));
  EXPECT_EQ(kept({{"SLURM_GPUS_ON_NODE", "2"}}),
            Kept(2, "SLURM_GPUS_ON_NODE is 2, but 8 GPUs can be seen"));
  EXPECT_EQ(kept({{"SLURM_GPUS_ON_NODE", "9"}}),
            Kept(8, "SLURM_GPUS_ON_NODE is 9, but 8 GPUs can be seen"));
  EXPECT_EQ(kept({{"SKYPILOT_NUM_GPUS_PER_NODE", "0"}}),
            Kept(0, "SKYPILOT_NUM_GPUS_PER_NODE is 0, but 8 GPUs can be seen"));
}

TEST(GpuGrantTest, WhatIsKeptIsAmongWhatIsVisible) {
  EXPECT_EQ(kept({{"SLURM_GPUS_ON_NODE", "2"}, {"CUDA_VISIBLE_DEVICES", "5,3"}}), Kept(2, ""));
  EXPECT_EQ(kept({{"SLURM_GPUS_ON_NODE", "2"}, {"CUDA_VISIBLE_DEVICES", "5"}}),
            Kept(1, "SLURM_GPUS_ON_NODE is 2, but 1 GPUs can be seen"));
}

TEST(GpuGrantTest, EmptyListOfSlurmIsNoGpuOfAnyVendor) {
  const Variables none = {{"SLURM_JOB_ID", "7"}, {"CUDA_VISIBLE_DEVICES", ""}};
  EXPECT_EQ(kept(none), Kept(0, ""));
  EXPECT_EQ(kept(none, 0x1002), Kept(0, ""));
  EXPECT_EQ(kept(none, 0x8086),
            Kept(0, "CUDA_VISIBLE_DEVICES of Slurm is empty, but 8 GPUs can be seen"));
  EXPECT_EQ(kept({{"CUDA_VISIBLE_DEVICES", ""}}, 0x8086), Kept(8, ""));
}

/// Flux's list of none is "-1"; PBS's hook names UUIDs.
TEST(GpuGrantTest, FluxAndPbsGiveByVisibilityAlone) {
  EXPECT_EQ(kept({{"CUDA_VISIBLE_DEVICES", "-1"}, {"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}),
            Kept(0, ""));
  EXPECT_EQ(kept({{"CUDA_VISIBLE_DEVICES", "0,1,2"}, {"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}),
            Kept(3, ""));
}

}  // namespace
}  // namespace skyrun
