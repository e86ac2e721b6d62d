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
