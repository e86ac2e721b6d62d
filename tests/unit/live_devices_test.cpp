// SPDX-License-Identifier: Apache-2.0
#include "topology/live_devices.h"

#include <gtest/gtest.h>

#include "tests/support/fake_root.h"
#include "topology/gpu_discovery.h"

namespace skyrun {
namespace {

std::vector<PciDevice> cards(uint16_t vendor, uint16_t id, uint8_t count) {
  std::vector<PciDevice> devices(count);
  for (uint8_t i = 0; i < count; ++i) {
    devices[i].address = PciAddress{0, static_cast<uint8_t>(16 + i), 0, 0};
    devices[i].ids = {vendor, id};
    devices[i].class_id = 0x0302;
  }
  return devices;
}

class LiveDevicesTest : public testing::Test {
 protected:
  void show_nvidia(const PciDevice& device, int minor) {
    root.write("/proc/driver/nvidia/gpus/" + text(*device.address) + "/information",
               "Model: \t\t NVIDIA H100\nDevice Minor: \t " + std::to_string(minor) + "\n");
    root.write("/dev/nvidia" + std::to_string(minor), "");
  }
  FoundGpus found(const std::vector<PciDevice>& devices) {
    const LiveDevices live(root.path());
    return discover_gpus(devices,
                         [&live](const PciDevice& device) { return live.why_unusable(device); });
  }

  FakeRoot root;
};

TEST_F(LiveDevicesTest, ContainerHasTheCardsWhoseNodesItHas) {
  const auto devices = cards(0x10de, 0x2330, 8);
  EXPECT_TRUE(found(devices).gpus.empty());
  show_nvidia(devices[2], 2);
  show_nvidia(devices[5], 5);
  const auto both = found(devices);
  ASSERT_EQ(both.gpus.size(), 2U);
  EXPECT_EQ(both.gpus[0].pci, devices[2].address);
  EXPECT_EQ(both.gpus[1].pci, devices[5].address);
  EXPECT_EQ(both.excluded.size(), 6U);
}

TEST_F(LiveDevicesTest, CardOfAVirtualMachineDoesNotCount) {
  const auto devices = cards(0x10de, 0x2330, 1);
  show_nvidia(devices[0], 0);
  root.link("/sys/bus/pci/devices/0000:10:00.0/driver", "../../../bus/pci/drivers/vfio-pci");
  EXPECT_EQ(found(devices).excluded.at(0).why, "its driver is vfio-pci");
}

TEST_F(LiveDevicesTest, VirtualFunctionDoesNotCount) {
  const auto devices = cards(0x10de, 0x2330, 1);
  show_nvidia(devices[0], 0);
  EXPECT_EQ(found(devices).gpus.size(), 1U);
  root.link("/sys/bus/pci/devices/0000:10:00.0/physfn", "../0000:0f:00.0");
  EXPECT_EQ(found(devices).excluded.at(0).why, "virtual function");
}

TEST_F(LiveDevicesTest, AmdNeedsItsRenderNodeAndKfd) {
  const auto devices = cards(0x1002, 0x7408, 1);
  root.make_directory("/sys/bus/pci/devices/0000:10:00.0/drm/renderD128");
  EXPECT_EQ(found(devices).excluded.at(0).why, "/dev/dri/renderD128 cannot be opened");
  root.write("/dev/dri/renderD128", "");
  EXPECT_EQ(found(devices).excluded.at(0).why, "/dev/kfd cannot be opened");
  root.write("/dev/kfd", "");
  EXPECT_EQ(found(devices).gpus.size(), 1U);
}

}  // namespace
}  // namespace skyrun
