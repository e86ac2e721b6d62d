// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_visibility.h"

#include <gtest/gtest.h>

#include "tests/support/fake_environment.h"

namespace skyrun {
namespace {

std::vector<Gpu> gpus_of(uint16_t vendor, uint32_t count) {
  std::vector<Gpu> gpus(count);
  for (uint32_t i = 0; i < count; ++i) {
    gpus[i].vendor = vendor;
    gpus[i].index = i;
    gpus[i].uuid = "GPU-" + std::string(1, static_cast<char>('a' + i)) + "0c1";
  }
  return gpus;
}

std::vector<uint32_t> seen(uint16_t vendor, const Variables& variables) {
  std::vector<uint32_t> indices;
  for (const Gpu& gpu : visible_gpus(gpus_of(vendor, 4), environment(variables))) {
    indices.push_back(gpu.index);
  }
  return indices;
}

using Indices = std::vector<uint32_t>;

TEST(GpuVisibilityTest, CudaListsFilterAndOrder) {
  EXPECT_EQ(seen(0x10de, {}), (Indices{0, 1, 2, 3}));
  EXPECT_EQ(seen(0x10de, {{"CUDA_VISIBLE_DEVICES", ""}}), Indices{});
  EXPECT_EQ(seen(0x10de, {{"CUDA_VISIBLE_DEVICES", "3,1"}}), (Indices{3, 1}));
  EXPECT_EQ(seen(0x10de, {{"CUDA_VISIBLE_DEVICES", "0,2,-1,1"}}), (Indices{0, 2}));
  EXPECT_EQ(seen(0x10de, {{"CUDA_VISIBLE_DEVICES", "GPU-c,GPU-a0c1"}}), (Indices{2, 0}));
  EXPECT_EQ(seen(0x10de, {{"CUDA_VISIBLE_DEVICES", "GPU-"}}), Indices{});  // whose?
}

TEST(GpuVisibilityTest, VariableOfContainerToolsSaysNothing) {
  EXPECT_EQ(seen(0x10de, {{"NVIDIA_VISIBLE_DEVICES", "void"}}), (Indices{0, 1, 2, 3}));
}

TEST(GpuVisibilityTest, EachMigInstanceIsAGpu) {
  const auto gpus = visible_gpus(
      gpus_of(0x10de, 2), environment({{"CUDA_VISIBLE_DEVICES", "MIG-GPU-b0c1/1/0,MIG-77"}}));
  ASSERT_EQ(gpus.size(), 2U);
  EXPECT_EQ(gpus[0].index, 1U);
  EXPECT_EQ(gpus[0].uuid, "MIG-GPU-b0c1/1/0");
  EXPECT_EQ(gpus[1].uuid, "MIG-77");
  EXPECT_FALSE(gpus[1].pci);
}

TEST(GpuVisibilityTest, HipCountsWithinWhatRocrLeft) {
  EXPECT_EQ(seen(0x1002, {{"ROCR_VISIBLE_DEVICES", "3,2"}, {"HIP_VISIBLE_DEVICES", "1"}}),
            Indices{2});
  EXPECT_EQ(seen(0x1002, {{"ROCR_VISIBLE_DEVICES", "3"}, {"HIP_VISIBLE_DEVICES", "3"}}), Indices{});
  EXPECT_EQ(seen(0x1002, {{"CUDA_VISIBLE_DEVICES", "1"}}), Indices{1});
}

TEST(GpuVisibilityTest, LevelZeroMasksOnly) {
  EXPECT_EQ(seen(0x8086, {{"ZE_AFFINITY_MASK", "2,0"}}), (Indices{0, 2}));
  EXPECT_EQ(seen(0x8086, {{"CUDA_VISIBLE_DEVICES", "1"}}), (Indices{0, 1, 2, 3}));
}

}  // namespace
}  // namespace skyrun
