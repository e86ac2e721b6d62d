// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/rank_seats.h"

#include <gtest/gtest.h>

#include "tests/support/machine_shape.h"
#include "topology/machine_wire.h"

namespace skyrun {
namespace {

/// Nodes h0, h1, … with two packages of four cores.
class RankSeatsTest : public testing::Test {
 protected:
  void have(uint32_t nodes, bool embedded = false) {
    for (uint32_t i = 0; i < nodes; ++i) {
      specs_.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i)});
      if (embedded) specs_.back().home = "/home";
    }
    facts_.resize(nodes);
    const auto machine = encode_machine(machine_shape("2 package x 1 numa x 4 core x 1 hwthread"));
    machines_ = NodeMachines(nodes);
    for (uint32_t i = 0; i < nodes; ++i) ASSERT_TRUE(machines_.learn(i, machine));
  }

  Result<SeatedRanks> seats(const PlacementWish& wish) const {
    return seat_ranks(wish, {specs_, facts_, machines_});
  }

  std::vector<NodeSpec> specs_;
  std::vector<NodeFacts> facts_;
  NodeMachines machines_{0};
};

TEST_F(RankSeatsTest, ANodeHasAsManySlotsAsCores) {
  have(2);
  const auto all = seats({.ranks = 10, .map_by = "slot", .bind_to = "core"});
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ(all->ranks.on_node(0).size(), 8U);
  EXPECT_EQ(all->ranks.on_node(1), (std::vector<uint32_t>{8, 9}));
  EXPECT_EQ(all->seats[all->seat_of[1] + 1].cpus, std::vector<uint32_t>{1});
  EXPECT_EQ(seats({.ranks = 17, .map_by = "slot"}).error().text(),
            "--map-by slot: 17 ranks do not fit into 16 slots (h0 8, h1 8): ask for fewer, add "
            "hosts, or allow it with --map-by slot:OVERSUBSCRIBE");
}

TEST_F(RankSeatsTest, SlotsOfTheHostListAreKept) {
  have(3);
  for (auto& spec : specs_) spec.slots = 2;
  const auto all = seats({.ranks = 5, .map_by = "slot"});
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ(all->ranks, to_rank_map({0, 0, 1, 1, 2}, 3));
}

TEST_F(RankSeatsTest, EqualNodesShareTheirSeats) {
  have(3);
  const auto all = seats({.ranks = 24, .map_by = "core", .rank_by = "node"});
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ(all->seats.size(), 8U);
  EXPECT_EQ(all->seat_of, (std::vector<uint32_t>{0, 0, 0}));
  EXPECT_EQ(all->ranks.runs.size(), 1U);
  EXPECT_TRUE(all->map.empty());
}

TEST_F(RankSeatsTest, NodesWithoutRanksAreKept) {
  have(3);
  const auto all = seats({.ranks = 2, .map_by = "core"});
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ(all->ranks.on_node(0).size(), 2U);
  EXPECT_TRUE(all->ranks.on_node(2).empty());
  for (const uint32_t first : all->seat_of) EXPECT_LT(first, all->seats.size());
}

TEST_F(RankSeatsTest, EmbeddedNodesDivideTheRanksOfTheirMachine) {
  have(2, true);
  const auto all = seats({.ranks = 8, .map_by = "core", .display_map = true});
  ASSERT_TRUE(all) << all.error().text();
  EXPECT_EQ(all->ranks, to_rank_map({0, 0, 0, 0, 1, 1, 1, 1}, 2));
  EXPECT_EQ(all->seats[all->seat_of[1]].cpus, std::vector<uint32_t>{4});
  EXPECT_NE(all->map.find("rank 4 on h1: CPUs 4"), std::string::npos) << all->map;
  EXPECT_FALSE(seats({.ranks = 9, .map_by = "slot"}));
}

}  // namespace
}  // namespace skyrun
