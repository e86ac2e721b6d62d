// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_selection.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using Uuids = std::vector<std::string>;

Machine with_gpus(uint16_t vendor, const std::vector<uint32_t>& indices) {
  Machine machine;
  for (const uint32_t index : indices) machine.gpus.push_back({.index = index, .vendor = vendor});
  return machine;
}

TEST(GpuSelectionTest, NvidiasAreNamedByUuidWhereAllAreKnown) {
  const Machine machine = with_gpus(0x10de, {0, 1, 2});
  const Uuids uuids{"GPU-a", "GPU-b", "MIG-c"};
  EXPECT_EQ(select_gpus(machine, uuids, {2, 0}).variables,
            (Variables{{"CUDA_VISIBLE_DEVICES", "MIG-c,GPU-a"}}));
  EXPECT_EQ(select_gpus(machine, {"GPU-a", ""}, {0, 1}).variables,
            (Variables{{"CUDA_VISIBLE_DEVICES", "0,1"}, {"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}));
}

TEST(GpuSelectionTest, IndicesAreThoseOfTheDriver) {
  const Machine visible = with_gpus(0x10de, {3, 1});
  EXPECT_EQ(select_gpus(visible, {}, {0}).variables[0].second, "3");
}

TEST(GpuSelectionTest, HipCountsAgainAmongWhatRocrLeaves) {
  const Machine machine = with_gpus(0x1002, {0, 1, 2, 3});
  EXPECT_EQ(select_gpus(machine, {}, {2, 3}).variables,
            (Variables{{"ROCR_VISIBLE_DEVICES", "2,3"},
                       {"HIP_VISIBLE_DEVICES", "0,1"},
                       {"CUDA_VISIBLE_DEVICES", "0,1"}}));
  EXPECT_EQ(select_gpus(machine, {"a1b2", "x"}, {0}).variables[0].second, "GPU-000000000000a1b2");
  EXPECT_EQ(select_gpus(machine, {"a1b2", "no hex"}, {1}).variables[0].second, "1");
}

TEST(GpuSelectionTest, IntelsMaskComesWithItsHierarchyWhereNoneIsSet) {
  const auto selection = select_gpus(with_gpus(0x8086, {0, 1}), {}, {1});
  EXPECT_EQ(selection.variables, (Variables{{"ZE_AFFINITY_MASK", "1"}}));
  EXPECT_EQ(selection.defaults, (Variables{{"ZE_FLAT_DEVICE_HIERARCHY", "FLAT"}}));
}

TEST(GpuSelectionTest, NoGpuIsAnEmptyList) {
  EXPECT_EQ(select_gpus(with_gpus(0x10de, {0}), {}, {}).variables[0],
            std::pair(std::string("CUDA_VISIBLE_DEVICES"), std::string()));
}

}  // namespace
}  // namespace skyrun
