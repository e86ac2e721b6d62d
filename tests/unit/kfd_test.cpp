// SPDX-License-Identifier: Apache-2.0
#include "topology/kfd.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/fake_environment.h"
#include "tests/support/fake_root.h"
#include "topology/gpu_discovery.h"
#include "topology/gpu_visibility.h"
#include "topology/live_devices.h"

namespace skyrun {
namespace {

constexpr uint16_t kMi300x = 0x74a1;

std::vector<PciDevice> cards(std::initializer_list<uint8_t> buses, uint16_t id = kMi300x) {
  std::vector<PciDevice> devices;
  devices.reserve(buses.size());
  for (const uint8_t bus : buses) {
    PciDevice& device = devices.emplace_back();
    device.address = PciAddress{0, bus, 0, 0};
    device.ids = {0x1002, id};
    device.class_id = 0x1200;
  }
  return devices;
}

class KfdTest : public testing::Test {
 protected:
  void SetUp() override {
    root.write("/dev/kfd", "");
    root.write(node(0), "cpu_cores_count 96\nsimd_count 0\nvendor_id 0\nlocation_id 0\n");
  }
  static std::string node(uint32_t number) {
    return fmt::format("/sys/class/kfd/kfd/topology/nodes/{}/properties", number);
  }
  /// As the kernel writes it, with a render node.
  void show(uint32_t number, uint32_t bus, uint32_t partition, uint16_t id = kMi300x) {
    const uint32_t minor = 127 + number;
    root.write(node(number),
               fmt::format("cpu_cores_count 0\nsimd_count 152\nvendor_id 4098\ndevice_id {}\n"
                           "location_id {}\ndomain 0\ndrm_render_minor {}\nhive_id 99\n"
                           "num_xcc 1\nunique_id {}\n",
                           id, (bus << 8U) | partition, minor, 0xA0 + number));
    root.write(fmt::format("/dev/dri/renderD{}", minor), "");
  }
  FoundGpus found(std::vector<PciDevice> devices) {
    add_kfd(devices, root.path(), CpuSet::range(0, 7));
    const LiveDevices live(root.path());
    return discover_gpus(devices,
                         [&live](const PciDevice& device) { return live.why_unusable(device); });
  }

  FakeRoot root;
};

TEST_F(KfdTest, NodesOfOneFunctionAreItsPartitions) {
  for (uint32_t i = 0; i < 8; ++i) show(1 + i, 0x05, i);
  for (uint32_t i = 0; i < 8; ++i) show(9 + i, 0x26, i);
  const auto gpus = found(cards({0x05, 0x26})).gpus;
  ASSERT_EQ(gpus.size(), 16U);
  EXPECT_EQ(text(*gpus[9].pci), "0000:26:00.0");
  EXPECT_EQ(gpus[9].partition, 1U);
  EXPECT_EQ(gpus[9].uuid, "GPU-00000000000000aa");
  EXPECT_EQ(gpus[9].os_device, "kfd10");
  EXPECT_EQ(gpus[9].name, "MI300X");
}

TEST_F(KfdTest, OrderIsThatOfTheNodes) {
  show(1, 0x63, 0);
  show(2, 0x03, 0);
  const auto gpus = found(cards({0x03, 0x63})).gpus;
  ASSERT_EQ(gpus.size(), 2U);
  EXPECT_EQ(gpus[0].pci->bus, 0x63);
  EXPECT_EQ(gpus[0].index, 0U);
}

TEST_F(KfdTest, PartitionsThatMayNotBeOpenedDoNotCount) {
  for (uint32_t i = 0; i < 4; ++i) show(1 + i, 0x05, i);
  std::filesystem::remove(root.path() + "/dev/dri/renderD128");  // of the first
  std::filesystem::remove(root.path() + node(3));                // as EPERM
  const auto gpus = found(cards({0x05})).gpus;
  ASSERT_EQ(gpus.size(), 2U);
  EXPECT_EQ(gpus[0].os_device, "kfd2");
  EXPECT_EQ(gpus[1].os_device, "kfd4");
}

TEST_F(KfdTest, LibraryThatListsMoreIsNotBelieved) {
  show(1, 0x05, 0);
  auto devices = cards({0x05});
  for (const char* name : {"rsmi0", "rsmi1"}) {
    devices[0].os_devices.push_back({.name = name, .backend = "RSMI", .uuid = "77"});
  }
  PciDevice& lone = devices.emplace_back();
  lone.ids.vendor = 0x1002;
  lone.os_devices.push_back({.name = "rsmi2", .backend = "RSMI"});
  const auto gpus = found(devices).gpus;
  ASSERT_EQ(gpus.size(), 1U);
  EXPECT_EQ(gpus[0].uuid, "GPU-00000000000000a1");
}

TEST_F(KfdTest, WithoutTheDriverNothingIsAdded) {
  auto devices = cards({0x05});
  add_kfd(devices, root.path(), CpuSet());
  EXPECT_TRUE(devices[0].os_devices.empty());
}

TEST_F(KfdTest, GpusThatPciDoesNotShowCount) {
  show(1, 0x05, 0);
  show(2, 0x05, 1);
  const auto gpus = found({}).gpus;
  ASSERT_EQ(gpus.size(), 2U);
  EXPECT_EQ(gpus[1].name, "MI300X");
  EXPECT_EQ(gpus[1].partition, 1U);
  EXPECT_EQ(gpus[1].cpus.text(), "0-7");
}

TEST_F(KfdTest, IntegratedGpuDoesNotCount) {
  show(1, 0x05, 0, 0x164e);
  const auto all = found(cards({0x05}, 0x164e));
  EXPECT_TRUE(all.gpus.empty());
  EXPECT_EQ(all.excluded.at(0).why, "igpu");
}

TEST_F(KfdTest, DeviceOfTheDriverMustOpen) {
  show(1, 0x05, 0);
  std::filesystem::remove(root.path() + "/dev/kfd");
  EXPECT_EQ(found(cards({0x05})).excluded.at(0).why, "/dev/kfd cannot be opened");
}

TEST_F(KfdTest, RocrNamesNodesByUuidInAnyCase) {
  show(1, 0x05, 0);
  show(2, 0x26, 0);
  const auto gpus = visible_gpus(found(cards({0x05, 0x26})).gpus,
                                 environment({{"ROCR_VISIBLE_DEVICES", "GPU-00000000000000A2"}}));
  ASSERT_EQ(gpus.size(), 1U);
  EXPECT_EQ(gpus[0].index, 1U);
}

}  // namespace
}  // namespace skyrun
