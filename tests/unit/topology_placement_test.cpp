// SPDX-License-Identifier: Apache-2.0
//
// One rank for each GPU of every topology of tests/data/topologies sits where expected.json has it.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "topology/machine_reader.h"
#include "topology/mapping/placement.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

const std::string kFolder = SKYRUN_TEST_DATA "/topologies/";

std::vector<std::string> placed(const Machine& machine, MapBy policy) {
  const auto count = static_cast<uint32_t>(machine.gpus.size());
  const auto placement = place({{.name = "node", .machine = &machine, .slots = count}},
                               {.ranks = count, .map = {.by = policy}});
  if (!placement) return {placement.error().text()};
  std::vector<std::string> rows;
  for (size_t rank = 0; rank < placement->ranks.size(); ++rank) {
    const Seat& seat = placement->seat_of(rank);
    const std::string gpu = seat.gpus.size() == 1 ? std::to_string(seat.gpus[0]) : "several";
    rows.push_back(fmt::format("gpu {} cpus {}", gpu, seat.cpus.text()));
  }
  return rows;
}

std::vector<std::string> expected(const YAML::Node& seats) {
  std::vector<std::string> rows;
  for (const YAML::Node& seat : seats)
    rows.push_back(fmt::format("gpu {} cpus {}", rows.size(), seat["cpus"].as<std::string>()));
  return rows;
}

std::vector<std::string> cpus_of_ranks(const Machine& machine, uint32_t ranks) {
  const auto placement = place({{.name = "node", .machine = &machine, .slots = ranks}},
                               {.ranks = ranks, .map = {.by = MapBy::strict}});
  std::vector<std::string> rows;
  for (size_t rank = 0; placement && rank < placement->ranks.size(); ++rank)
    rows.push_back(placement->seat_of(rank).cpus.text());
  return rows;
}

TEST(TopologyPlacementTest, RanksOfAHybridSitOnItsFastCoresWhileThereAreEnough) {
  const auto machine = read_machine_file(kFolder + "hwloc-20em64t-hybrid-p6e8.xml").value();
  using Rows = std::vector<std::string>;
  EXPECT_EQ(cpus_of_ranks(machine, 2), (Rows{"0-5", "6-11"}));
  EXPECT_EQ(cpus_of_ranks(machine, 6), (Rows{"0-1", "2-3", "4-5", "6-7", "8-9", "10-11"}));
  EXPECT_EQ(cpus_of_ranks(machine, 7),
            (Rows{"0-3", "4-7", "8-11", "12-13", "14-15", "16-17", "18-19"}));
}

std::vector<std::string> memory_of_ranks(const Machine& machine, uint32_t ranks,
                                         const Mapping& map) {
  const auto placement =
      place({{.name = "node", .machine = &machine, .slots = ranks}}, {.ranks = ranks, .map = map});
  if (!placement) return {placement.error().text()};
  std::vector<std::string> rows;
  for (size_t rank = 0; rank < placement->ranks.size(); ++rank) {
    const Seat& seat = placement->seat_of(rank);
    const auto memory = seat.numa ? std::to_string(*seat.numa) : "none";
    rows.push_back(fmt::format("{} memory {}", seat.cpus.text(), memory));
  }
  return rows;
}

TEST(TopologyPlacementTest, MemoryIsThatOfTheRanksOwnCpus) {
  using Rows = std::vector<std::string>;
  const auto odd = read_machine_file(kFolder + "made-idle-numa.xml").value();
  EXPECT_EQ(memory_of_ranks(odd, 8, {.by = MapBy::fill}),
            (Rows{"8-15 memory 1", "0-7 memory 0", "16-23 memory 2", "24-31 memory 3",
                  "48-55 memory 6", "32-39 memory 4", "56-63 memory 7", "40-47 memory 5"}));
  // Of two nodes: the GPU's.
  EXPECT_EQ(memory_of_ranks(odd, 4, {.by = MapBy::fill})[0], "0-15 memory 1");
}

TEST(TopologyPlacementTest, CoresWithoutMemoryOfTheirOwnAreUsedLikeOthers) {
  using Rows = std::vector<std::string>;
  const auto machine = read_machine_file(kFolder + "made-no-memory.xml").value();
  const std::string first = "0-3,16-19 memory none";
  EXPECT_EQ(memory_of_ranks(machine, 3, {.by = MapBy::slot}), (Rows{first, first, first}));
  EXPECT_EQ(memory_of_ranks(machine, 3, {.by = MapBy::node}), (Rows{first, first, first}));
  EXPECT_EQ(memory_of_ranks(machine, 4, {.by = MapBy::object, .level = Level::numa}),
            (Rows{first, "4-7,20-23 memory 1", "8-11,24-27 memory 2", "12-15,28-31 memory none"}));
  EXPECT_EQ(memory_of_ranks(machine, 2, {.by = MapBy::strict}),
            (Rows{first, "12-15,28-31 memory none"}));
}

TEST(TopologyPlacementTest, EveryPolicyDoesWithoutCores) {
  const auto machine = read_machine_file(kFolder + "made-no-cores.xml").value();
  for (const char* policy : {"slot", "node", "numa", "core", "hwthread", "ppr:1:core", "ppr:1:node",
                             "strict", "fill", "pe-list=0"}) {
    EXPECT_EQ(memory_of_ranks(machine, 1, parse_map_by(policy).value())[0], "0 memory 0") << policy;
  }
}

TEST(TopologyPlacementTest, EveryRankSitsBesideItsGpu) {
  size_t files = 0;
  for (const YAML::Node& entry : YAML::LoadFile(kFolder + "expected.json")) {
    if (!entry["strict"]) continue;
    ++files;
    const auto file = entry["file"].as<std::string>();
    const auto machine = read_machine_file(kFolder + file);
    ASSERT_TRUE(machine) << machine.error().text();
    EXPECT_EQ(placed(*machine, MapBy::strict), expected(entry["strict"])) << file;
    EXPECT_EQ(placed(*machine, MapBy::fill), expected(entry["fill"])) << file;
  }
  EXPECT_GT(files, 20U);
}

}  // namespace
}  // namespace skyrun
