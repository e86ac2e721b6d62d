// SPDX-License-Identifier: Apache-2.0
#include "topology/nvidia_nodes.h"

#include <gtest/gtest.h>

#include "tests/support/fake_root.h"
#include "topology/gpu_discovery.h"
#include "topology/live_devices.h"

namespace skyrun {
namespace {

class NvidiaNodesTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* node : {"nvidia10", "nvidia2", "nvidiactl", "nvidia-uvm"}) {
      root.write(std::string("/dev/") + node, "");
    }
  }
  std::vector<PciDevice> devices() const {
    std::vector<PciDevice> found;
    add_nvidia_nodes(found, root.path(), CpuSet::range(0, 3));
    return found;
  }

  FakeRoot root;
};

TEST_F(NvidiaNodesTest, EachNumberedNodeIsAGpuOfASandbox) {
  const LiveDevices live(root.path());
  const auto found = discover_gpus(
      devices(), [&live](const PciDevice& device) { return live.why_unusable(device); });
  ASSERT_EQ(found.gpus.size(), 2U);
  EXPECT_EQ(found.gpus[1].index, 1U);
  EXPECT_EQ(found.gpus[0].vendor, 0x10de);
  EXPECT_FALSE(found.gpus[0].pci);
  EXPECT_EQ(found.gpus[0].cpus.text(), "0-3");
  EXPECT_EQ(devices()[0].os_devices[0].name, "nvidia2");
}

TEST_F(NvidiaNodesTest, ThatDoesNotOpenIsNone) {
  root.make_directory("/dev/nvidia7");
  EXPECT_EQ(devices().size(), 2U);
}

TEST_F(NvidiaNodesTest, WherePciIsShownNodesAreNotCounted) {
  root.make_directory("/sys/bus/pci/devices");
  EXPECT_EQ(devices().size(), 2U);
  root.make_directory("/sys/bus/pci/devices/0000:00:00.0");
  EXPECT_TRUE(devices().empty());
}

TEST_F(NvidiaNodesTest, WhereTheDriverHasFilesNodesAreNotCounted) {
  root.make_directory("/proc/driver/nvidia/gpus/0000:04:00.0");
  EXPECT_TRUE(devices().empty());
}

TEST_F(NvidiaNodesTest, WhereAGpuIsKnownNodesAreNotCounted) {
  std::vector<PciDevice> known(1);
  known[0].ids.vendor = 0x10de;
  add_nvidia_nodes(known, root.path(), CpuSet());
  EXPECT_EQ(known.size(), 1U);
}

}  // namespace
}  // namespace skyrun
