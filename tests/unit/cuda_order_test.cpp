// SPDX-License-Identifier: Apache-2.0
#include "topology/cuda_order.h"

#include <gtest/gtest.h>

#include "tests/support/fake_environment.h"
#include "topology/gpu_visibility.h"

namespace skyrun {
namespace {

/// As NVIDIA's library numbers them, which need not be by address.
std::vector<Gpu> three_gpus() {
  std::vector<Gpu> gpus(3);
  for (uint32_t i = 0; i < 3; ++i) {
    gpus[i].vendor = 0x10de;
    gpus[i].index = i;
    gpus[i].name = "H100";
  }
  gpus[0].pci = PciAddress{0, 0x40, 0, 0};
  gpus[1].pci = PciAddress{1, 0x10, 0, 0};
  gpus[2].pci = PciAddress{0, 0x20, 0, 0};
  return gpus;
}

std::vector<uint32_t> buses(const Variables& variables) {
  std::vector<uint32_t> found;
  for (const Gpu& gpu : visible_gpus(three_gpus(), environment(variables))) {
    found.push_back(gpu.pci->bus);
  }
  return found;
}

using Buses = std::vector<uint32_t>;

TEST(CudaOrderTest, IsByAddressWhereAskedFor) {
  EXPECT_EQ(buses({}), (Buses{0x40, 0x10, 0x20}));
  EXPECT_EQ(buses({{"CUDA_DEVICE_ORDER", "FASTEST_FIRST"}}), (Buses{0x40, 0x10, 0x20}));
  EXPECT_EQ(buses({{"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}), (Buses{0x20, 0x40, 0x10}));
  EXPECT_EQ(
      in_cuda_order(three_gpus(), environment({{"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}))[2].index, 2U);
}

TEST(CudaOrderTest, VisibleDevicesAreNumbersOfIt) {
  EXPECT_EQ(buses({{"CUDA_VISIBLE_DEVICES", "2,0"}}), (Buses{0x20, 0x40}));
  EXPECT_EQ(buses({{"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}, {"CUDA_VISIBLE_DEVICES", "2,0"}}),
            (Buses{0x10, 0x20}));
}

TEST(CudaOrderTest, DifferentGpusWithoutAnOrderAreANotice) {
  auto gpus = three_gpus();
  const auto notice = [&gpus](const Variables& variables) {
    return cuda_order_notice(gpus, environment(variables)).has_value();
  };
  EXPECT_FALSE(notice({}));
  gpus[1].name = "L4";
  EXPECT_TRUE(notice({}));
  EXPECT_TRUE(notice({{"CUDA_VISIBLE_DEVICES", "1"}}));
  EXPECT_FALSE(notice({{"CUDA_VISIBLE_DEVICES", "GPU-77,GPU-78"}}));
  EXPECT_FALSE(notice({{"CUDA_DEVICE_ORDER", "PCI_BUS_ID"}}));
}

}  // namespace
}  // namespace skyrun
