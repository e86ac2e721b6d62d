// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_rules.h"

#include <gtest/gtest.h>

#include "launcher/topo/topo_options.h"
#include "topology/gpu_discovery.h"
#include "topology/machine_reader.h"

namespace skyrun {
namespace {

std::vector<Gpu> gpus_of(const std::string& file, GpuUnit unit) {
  const auto machine = read_machine_file(SKYRUN_TEST_DATA "/topologies/" + file, {.unit = unit});
  EXPECT_TRUE(machine) << file;
  return machine ? machine->gpus : std::vector<Gpu>();
}

TEST(GpuRulesTest, CardsDevicesAndTilesOfIntel) {
  EXPECT_EQ(gpus_of("openpmix-intel-4gpu.xml", GpuUnit::card).size(), 4U);
  EXPECT_EQ(gpus_of("openpmix-intel-4gpu.xml", GpuUnit::device).size(), 4U);
  const auto tiles = gpus_of("openpmix-intel-4gpu.xml", GpuUnit::tile);
  ASSERT_EQ(tiles.size(), 8U);
  EXPECT_EQ(tiles[3].os_device, "ze1.1");
  EXPECT_EQ(tiles[3].index, 3U);
  EXPECT_EQ(tiles[3].partition, 1U);
  EXPECT_EQ(tiles[3].pci, tiles[2].pci);
}

TEST(GpuRulesTest, FlatDevicesAreTilesAlready) {
  EXPECT_EQ(gpus_of("openpmix-intel-flat-4gpu.xml", GpuUnit::tile).size(), 8U);
  const auto cards = gpus_of("openpmix-intel-flat-4gpu.xml", GpuUnit::card);
  ASSERT_EQ(cards.size(), 4U);
  EXPECT_EQ(cards[1].os_device, "ze2");
  EXPECT_EQ(cards[1].name, "Max-1550");
}

TEST(GpuRulesTest, PartitionsOfOneFunctionAreACard) {
  std::vector<Gpu> gpus(4);
  for (uint32_t i = 0; i < 4; ++i) {
    gpus[i].pci = PciAddress{0, static_cast<uint8_t>(i / 2), 0, 0};
    gpus[i].index = i;
    gpus[i].partition = i % 2;
    gpus[i].cpus.add(i);
  }
  auto cards = merge_cards(gpus);
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(cards[1].index, 2U);
  EXPECT_EQ(cards[1].cpus.text(), "2-3");
  gpus[0].pci.reset();  // of which card, nobody says
  gpus[1].pci.reset();
  EXPECT_EQ(merge_cards(gpus).size(), 3U);
}

TEST(GpuRulesTest, MigInstancesStayApart) {
  std::vector<Gpu> gpus(2);
  for (uint32_t i = 0; i < 2; ++i) {
    gpus[i].pci = PciAddress{0, 7, 0, 0};
    gpus[i].partition = i;
    gpus[i].uuid = "MIG-" + std::to_string(i);
  }
  EXPECT_EQ(merge_cards(gpus), gpus);
}

TEST(GpuRulesTest, IntegratedGpuCountsWhenAskedForAndAlone) {
  std::vector<PciDevice> devices(2);
  devices[0].address = PciAddress{0, 0, 2, 0};
  devices[0].ids = {0x8086, 0x7d55};
  devices[0].class_id = 0x0300;
  devices[1].address = PciAddress{0, 1, 0, 0};
  devices[1].ids = {0x1002, 0x164e};
  devices[1].class_id = 0x0300;
  const GpuRules with{.include_integrated = true};
  EXPECT_TRUE(discover_gpus(devices, nullptr).gpus.empty());
  EXPECT_EQ(discover_gpus(devices, nullptr, with).gpus.size(), 2U);
  devices.emplace_back();
  devices[2].address = PciAddress{0, 2, 0, 0};
  devices[2].ids = {0x10de, 0x2330};
  devices[2].class_id = 0x0302;
  const auto found = discover_gpus(devices, nullptr, with);
  ASSERT_EQ(found.gpus.size(), 1U);
  EXPECT_EQ(found.gpus[0].vendor, 0x10de);
  EXPECT_EQ(found.excluded.at(0).why, "Intel iGPU");
}

TEST(GpuRulesTest, AreOptionsOfTopo) {
  EXPECT_EQ(parse_topo_options({})->gpus.unit, GpuUnit::device);
  EXPECT_FALSE(parse_topo_options({})->gpus.include_integrated);
  const auto options = parse_topo_options({"--gpu-include-integrated", "--gpu-unit=tile"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->gpus.unit, GpuUnit::tile);
  EXPECT_TRUE(options->gpus.include_integrated);
  EXPECT_EQ(parse_topo_options({"--gpu-unit", "card"})->gpus.unit, GpuUnit::card);
  EXPECT_EQ(parse_topo_options({"--gpu-unit=die"}).error().text(),
            "--gpu-unit: card, device or tile");
}

}  // namespace
}  // namespace skyrun
