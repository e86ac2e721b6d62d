// SPDX-License-Identifier: Apache-2.0
#include "topology/level_zero.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "tests/support/fake_environment.h"
#include "topology/gpu_discovery.h"
#include "topology/gpu_visibility.h"

namespace skyrun {
namespace {

constexpr const char* kHierarchy = "ZE_FLAT_DEVICE_HIERARCHY";
constexpr const char* kMask = "ZE_AFFINITY_MASK";

/// Two cards of two tiles as hwloc lists them, with Level Zero's names for each card's.
std::vector<PciDevice> cards(const std::vector<std::vector<std::string>>& names) {
  std::vector<PciDevice> devices;
  for (const auto& of_card : names) {
    PciDevice& device = devices.emplace_back();
    device.address = PciAddress{0, static_cast<uint8_t>(devices.size()), 0, 0};
    device.ids = {0x8086, 0x0bd5};
    device.class_id = 0x0380;
    for (const auto& name : of_card) {
      device.os_devices.push_back({.name = name, .backend = "LevelZero"});
    }
  }
  return devices;
}

std::vector<PciDevice> composite() {
  return cards({{"ze0", "ze0.0", "ze0.1"}, {"ze1", "ze1.0", "ze1.1"}});
}

std::vector<PciDevice> flat() {
  return cards({{"ze0", "ze1"}, {"ze2", "ze3"}});
}

/// What a program sees, by name.
std::string seen(const std::vector<PciDevice>& devices, const Variables& variables,
                 GpuUnit unit = GpuUnit::device) {
  const auto here = environment(variables);
  const auto found =
      discover_gpus(devices, nullptr, {.unit = unit, .hierarchy = ze_hierarchy(here)});
  std::vector<std::string> names;
  for (const Gpu& gpu : visible_gpus(found.gpus, here)) names.push_back(gpu.os_device);
  return join(names, " ");
}

TEST(LevelZeroTest, DevicesAreAsTheHierarchySays) {
  EXPECT_EQ(seen(composite(), {}), "ze0 ze1");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "COMPOSITE"}}), "ze0 ze1");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "FLAT"}}), "ze0.0 ze0.1 ze1.0 ze1.1");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "COMBINED"}}), "ze0.0 ze0.1 ze1.0 ze1.1");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "flat"}}), "ze0 ze1");  // the driver takes no such word
  EXPECT_EQ(seen(flat(), {}), "ze0 ze1 ze2 ze3");
}

TEST(LevelZeroTest, CompositeMaskNamesCardsAndTheirParts) {
  const auto with = [](const char* mask) {
    return Variables{{kHierarchy, "COMPOSITE"}, {kMask, mask}};
  };
  EXPECT_EQ(seen(composite(), with("1")), "ze1");
  EXPECT_EQ(seen(composite(), with("1, 0")), "ze0 ze1");
  EXPECT_EQ(seen(composite(), with("1.0,1.1")), "ze1");
  EXPECT_EQ(seen(composite(), with("2")), "");
  EXPECT_EQ(seen(composite(), with("1.1,0"), GpuUnit::tile), "ze0.0 ze0.1 ze1.1");
  EXPECT_EQ(seen(composite(), with("1.7"), GpuUnit::tile), "");
}

TEST(LevelZeroTest, FlatMaskNumbersTilesOfAllCards) {
  EXPECT_EQ(seen(flat(), {{kMask, "3,0"}}), "ze0 ze3");
  EXPECT_EQ(seen(flat(), {{kHierarchy, "FLAT"}, {kMask, "1,2.0"}}), "ze1");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "FLAT"}, {kMask, "1,2"}}), "ze0.1 ze1.0");
  EXPECT_EQ(seen(composite(), {{kHierarchy, "COMBINED"}, {kMask, "0.1"}}), "");
}

TEST(LevelZeroTest, WithoutTheVariableTheMaskIsOfWhatIsShown) {
  EXPECT_EQ(seen(composite(), {{kMask, "0.1"}}), "ze0");
  EXPECT_EQ(seen(flat(), {{kMask, "0.1"}}), "");
}

TEST(LevelZeroTest, EmptyMaskIsNone) {
  EXPECT_EQ(seen(composite(), {{kMask, ""}}), "ze0 ze1");
}

}  // namespace
}  // namespace skyrun
