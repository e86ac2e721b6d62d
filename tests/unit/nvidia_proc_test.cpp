// SPDX-License-Identifier: Apache-2.0
#include "topology/nvidia_proc.h"

#include <gtest/gtest.h>

#include "tests/support/fake_environment.h"
#include "tests/support/fake_root.h"
#include "topology/gpu_discovery.h"
#include "topology/gpu_visibility.h"
#include "topology/live_devices.h"

namespace skyrun {
namespace {

class NvidiaProcTest : public testing::Test {
 protected:
  /// As the driver writes it.
  void show(const std::string& pci, const std::string& uuid, int minor) {
    root.write("/proc/driver/nvidia/gpus/" + pci + "/information",
               "Model: \t\t Tesla V100-SXM2-16GB\nIRQ:   \t\t 28\nGPU UUID: \t " + uuid +
                   "\nVideo BIOS: \t 88.00.13.00.02\nBus Type: \t PCIe\nBus Location: \t " + pci +
                   "\nDevice Minor: \t " + std::to_string(minor) + "\nBlacklisted:\t No\n");
    root.write("/dev/nvidia" + std::to_string(minor), "");
  }
  std::vector<Gpu> gpus(std::vector<PciDevice> devices = {}) {
    add_nvidia_proc(devices, root.path(), CpuSet::range(0, 7));
    const LiveDevices live(root.path());
    return discover_gpus(devices,
                         [&live](const PciDevice& device) { return live.why_unusable(device); })
        .gpus;
  }

  FakeRoot root;
};

TEST_F(NvidiaProcTest, KnowsGpusThatPciDoesNot) {
  show("0035:03:00.0", "GPU-b", 1);
  show("0004:04:00.0", "GPU-a", 0);
  const auto found = gpus();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(text(*found[0].pci), "0004:04:00.0");
  EXPECT_EQ(found[0].name, "V100");
  EXPECT_EQ(found[0].model, "Tesla V100-SXM2-16GB");
  EXPECT_EQ(found[0].uuid, "GPU-a");
  EXPECT_EQ(found[1].uuid, "GPU-b");
  EXPECT_FALSE(found[0].numa);
  EXPECT_EQ(found[0].cpus.text(), "0-7");
}

TEST_F(NvidiaProcTest, KnowsGpusWhoseIdsCannotBeRead) {
  std::vector<PciDevice> devices(1);
  devices[0].address = PciAddress{4, 4, 0, 0};
  devices[0].where.cpus = CpuSet::range(4, 5);
  show("0004:04:00.0", "GPU-a", 0);
  const auto found = gpus(devices);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].vendor, 0x10de);
  EXPECT_EQ(found[0].cpus.text(), "4-5");
}

TEST_F(NvidiaProcTest, NumaNodeIsSysfsWhereItIsThere) {
  show("0000:04:00.0", "GPU-a", 0);
  root.write("/sys/bus/pci/devices/0000:04:00.0/numa_node", "1\n");
  root.write("/sys/bus/pci/devices/0000:04:00.0/local_cpulist", "2-3\n");
  EXPECT_EQ(gpus().at(0).numa, 1U);
  EXPECT_EQ(gpus().at(0).cpus.text(), "2-3");
}

TEST_F(NvidiaProcTest, UuidsWorkInVisibleDevicesWithoutALibrary) {
  std::vector<PciDevice> devices(2);
  for (uint8_t i = 0; i < 2; ++i) {
    devices[i].address = PciAddress{0, i, 0, 0};
    devices[i].ids = {0x10de, 0x2330};
    devices[i].class_id = 0x0302;
    show(text(*devices[i].address), "GPU-7" + std::to_string(i), i);
  }
  const auto found = visible_gpus(gpus(devices), environment({{"CUDA_VISIBLE_DEVICES", "GPU-71"}}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].index, 1U);
}

TEST_F(NvidiaProcTest, LibraryComesFirst) {
  std::vector<PciDevice> devices(1);
  devices[0].address = PciAddress{0, 4, 0, 0};
  devices[0].ids = {0x10de, 0x2330};
  devices[0].class_id = 0x0302;
  devices[0].os_devices.push_back(
      {.name = "nvml0", .backend = "NVML", .model = "NVIDIA H100 PCIe", .uuid = "GPU-nvml"});
  show("0000:04:00.0", "GPU-proc", 0);
  const auto found = gpus(devices);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].model, "NVIDIA H100 PCIe");
  EXPECT_EQ(found[0].uuid, "GPU-nvml");
}

TEST_F(NvidiaProcTest, UuidOfAGpuThatIsNotStartedIsNone) {
  show("0000:04:00.0", "GPU-" + std::string(8, '?'), 0);
  EXPECT_EQ(gpus().at(0).uuid, "");
}

TEST_F(NvidiaProcTest, OtherFoldersAreNoGpus) {
  root.write("/proc/driver/nvidia/gpus/none/information", "Model: x\n");
  root.make_directory("/proc/driver/nvidia/gpus/0000:04:00.0");
  EXPECT_TRUE(gpus().empty());
}

}  // namespace
}  // namespace skyrun
