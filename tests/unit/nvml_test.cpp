// SPDX-License-Identifier: Apache-2.0
#include "topology/nvml.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/fake_environment.h"
#include "topology/gpu_discovery.h"
#include "topology/gpu_visibility.h"
#include "topology/live_devices.h"

namespace skyrun {
namespace {

/// tests/support/fake_nvml.cpp
class NvmlTest : public testing::Test {
 protected:
  void TearDown() override { ::unsetenv("FAKE_NVML"); }
  static std::vector<NvmlGpu> ask(const char* mood = "") {
    ::setenv("FAKE_NVML", mood, 1);
    return Nvml(SKYRUN_FAKE_NVML, std::chrono::milliseconds(2000)).gpus();
  }
  static FoundGpus found(std::vector<PciDevice> devices = {}, const char* mood = "") {
    add_nvml(devices, ask(mood), "/nowhere", CpuSet::range(0, 3));
    const LiveDevices live("/nowhere");
    return discover_gpus(devices,
                         [&live](const PciDevice& device) { return live.why_unusable(device); });
  }
  /// The first of them as hwloc lists it.
  static PciDevice card() {
    PciDevice device;
    device.address = PciAddress{0, 0x1b, 0, 0};
    device.ids = {0x10de, 0x2330};
    device.class_id = 0x0302;
    device.where.numa = 1;
    return device;
  }
};

TEST_F(NvmlTest, GpusThatTheLibraryRefusesAreLeftOut) {
  const auto gpus = ask();
  ASSERT_EQ(gpus.size(), 2U);
  EXPECT_EQ(gpus[0].index, 0U);
  EXPECT_EQ(text(gpus[0].address), "0000:1b:00.0");
  EXPECT_EQ(gpus[0].ids.vendor, 0x10de);
  EXPECT_EQ(gpus[0].ids.device, 0x2330);
  EXPECT_EQ(gpus[0].ids.subdevice, 0x16c1);
  EXPECT_EQ(gpus[0].memory_gib, 80U);
  EXPECT_EQ(gpus[0].uuid, "GPU-1b");
  EXPECT_FALSE(gpus[0].is_mig);
  EXPECT_EQ(gpus[1].index, 2U);
  EXPECT_EQ(text(gpus[1].address), "0001:52:00.0");
}

TEST_F(NvmlTest, InstancesAreTheUnitsOfAGpuInMigMode) {
  const auto gpus = found().gpus;
  ASSERT_EQ(gpus.size(), 3U);
  EXPECT_EQ(gpus[0].os_device, "nvml0");
  EXPECT_EQ(gpus[0].name, "H100");
  EXPECT_EQ(gpus[1].uuid, "MIG-a");
  EXPECT_EQ(gpus[1].model, "NVIDIA H100 80GB HBM3 MIG 1g.10gb");
  EXPECT_EQ(gpus[2].uuid, "MIG-b");
  EXPECT_EQ(gpus[2].partition, 1U);
  EXPECT_EQ(gpus[2].name, "H100");
  EXPECT_EQ(gpus[2].pci, gpus[1].pci);
}

TEST_F(NvmlTest, GpuInMigModeWithoutAnInstanceDoesNotCount) {
  const auto all = found({}, "no-instance");
  EXPECT_EQ(all.gpus.size(), 1U);
  EXPECT_EQ(all.excluded.at(0).why, "it is in MIG mode and has no instance");
}

TEST_F(NvmlTest, NamesTheDevicesThatHwlocLists) {
  const auto gpus = found({card()}).gpus;
  ASSERT_EQ(gpus.size(), 3U);
  EXPECT_EQ(gpus[0].numa, 1U);
  EXPECT_EQ(gpus[0].uuid, "GPU-1b");
}

TEST_F(NvmlTest, HwlocsOwnNamesStay) {
  auto device = card();
  device.os_devices.push_back({.name = "nvml5", .backend = "NVML", .uuid = "GPU-hwloc"});
  const auto gpus = found({device}).gpus;
  ASSERT_EQ(gpus.size(), 3U);
  EXPECT_EQ(gpus[2].uuid, "GPU-hwloc");
}

TEST_F(NvmlTest, VisibleDevicesNameInstancesByIdAndTheirGpuByNumber) {
  const auto gpus = found().gpus;
  const auto uuids = [&gpus](const char* list) {
    std::vector<std::string> seen;
    for (const Gpu& gpu : visible_gpus(gpus, environment({{"CUDA_VISIBLE_DEVICES", list}}))) {
      seen.push_back(gpu.uuid);
    }
    return seen;
  };
  using Uuids = std::vector<std::string>;
  EXPECT_EQ(uuids("MIG-b,MIG-a"), (Uuids{"MIG-b", "MIG-a"}));
  EXPECT_EQ(uuids("1,0"), (Uuids{"MIG-a", "GPU-1b"}));
  EXPECT_EQ(uuids("2"), Uuids{});
}

TEST_F(NvmlTest, LibraryWithoutADriverHasNoGpus) {
  EXPECT_TRUE(ask("no-driver").empty());
}

TEST_F(NvmlTest, LibraryThatCrashesHasNoGpus) {
  EXPECT_TRUE(ask("crash").empty());
}

TEST_F(NvmlTest, LibraryThatHangsIsNotWaitedFor) {
  ::setenv("FAKE_NVML", "hang", 1);
  EXPECT_TRUE(Nvml(SKYRUN_FAKE_NVML, std::chrono::milliseconds(50)).gpus().empty());
}

TEST_F(NvmlTest, WhatTheLibraryPrintsIsNoAnswer) {
  EXPECT_EQ(ask("chatty").size(), 2U);
}

TEST_F(NvmlTest, MissingLibraryHasNoGpus) {
  EXPECT_TRUE(Nvml("/nowhere/libnvidia-ml.so.1").gpus().empty());
  EXPECT_TRUE(Nvml("/dev/null").gpus().empty());
}

TEST_F(NvmlTest, LinesThatAreNoneEndTheList) {
  EXPECT_TRUE(parse_nvml("mig\tMIG-a\tx\n").empty());
  EXPECT_TRUE(parse_nvml("gpu\t0\tnowhere\t1\t1\t1\t0\tGPU-a\tx\n").empty());
  EXPECT_TRUE(parse_nvml("gpu\t0\n").empty());
}

}  // namespace
}  // namespace skyrun
