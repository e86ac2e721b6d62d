// SPDX-License-Identifier: Apache-2.0
//
// One rank for each GPU of every topology of tests/data/topologies sits where expected.json has it.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "topology/machine_reader.h"
#include "topology/mapping/placement.h"

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
