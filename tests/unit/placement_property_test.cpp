// SPDX-License-Identifier: Apache-2.0
//
// What holds of every placement, over many machines and requests from a seeded generator.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/machine_shape.h"
#include "topology/mapping/placement.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

constexpr unsigned kRounds = 400;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  uint32_t number(uint32_t first, uint32_t last) {
    return std::uniform_int_distribution<uint32_t>(first, last)(random_);
  }

  Machine machine() {
    const uint32_t numa = number(1, 3);
    const uint32_t packages = number(1, 2);
    auto machine = machine_shape(fmt::format("{} package x {} numa x {} core x {} hwthread",
                                             packages, numa, number(1, 6), number(1, 2)));
    std::vector<uint32_t> gpus(number(0, 5));
    for (auto& each : gpus) each = number(0, packages * numa - 1);
    add_gpus(machine, gpus);
    if (number(0, 2) == 0) restrict(machine);
    return machine;
  }

  std::string one_of(const std::vector<std::string>& texts) {
    return texts[number(0, static_cast<uint32_t>(texts.size()) - 1)];
  }

 private:
  void restrict(Machine& machine) {
    CpuSet allowed;
    for (const uint32_t cpu : machine.allowed.list()) {
      if (number(0, 2) > 0) allowed.add(cpu);
    }
    if (!allowed.empty()) restrict_to(machine, allowed);
  }

  std::mt19937 random_;
};

/// Both have cores in common: what a rank has of a core counts as the whole.
bool share_a_core(const Machine& machine, const CpuSet& a, const CpuSet& b) {
  for (const auto& core : machine.at(Level::core)) {
    if (core.cpus.intersects(a) && core.cpus.intersects(b)) return true;
  }
  return false;
}

void expect_separate(const Machine& machine, const Placement& placement) {
  for (size_t a = 0; a < placement.ranks.size(); ++a) {
    for (size_t b = 0; b < a; ++b) {
      if (placement.ranks[a].node != placement.ranks[b].node) continue;
      const auto& one = placement.seat_of(a);
      const auto& two = placement.seat_of(b);
      if (one.is_shared || two.is_shared) continue;
      EXPECT_FALSE(share_a_core(machine, one.cpus, two.cpus))
          << one.cpus.text() << " and " << two.cpus.text();
    }
  }
}

void expect_within(const Machine& machine, const Placement& placement) {
  for (const auto& seat : placement.seats) {
    EXPECT_FALSE(seat.cpus.empty());
    EXPECT_TRUE(seat.cpus.is_within(machine.allowed)) << seat.cpus.text();
  }
}

TEST(PlacementPropertyTest, RanksBesideGpusHaveCoresOfTheirOwn) {
  for (unsigned seed = 0; seed < kRounds; ++seed) {
    SCOPED_TRACE(seed);
    Generator generate(seed);
    const Machine machine = generate.machine();
    const auto cores = static_cast<uint32_t>(machine.at(Level::core).size());
    Request request{.ranks = generate.number(1, 2 * cores)};
    request.map.by = generate.number(0, 1) == 0 ? MapBy::strict : MapBy::fill;
    const std::vector<NodeOffer> nodes = {{"a", &machine, request.ranks}};
    const auto placement = place(nodes, request);
    ASSERT_TRUE(placement) << placement.error().text();
    ASSERT_EQ(placement->ranks.size(), request.ranks);
    expect_within(machine, *placement);
    expect_separate(machine, *placement);
    EXPECT_EQ(place(nodes, request), placement);
    const bool enough = machine.gpus.empty() && request.ranks <= cores;
    if (enough && machine.at(Level::numa).size() == 1) {
      for (const auto& seat : placement->seats) EXPECT_FALSE(seat.is_shared);
    }
  }
}

TEST(PlacementPropertyTest, EveryRankHasAGpuAndEveryGpuARank) {
  for (unsigned seed = 0; seed < kRounds; ++seed) {
    SCOPED_TRACE(seed);
    Generator generate(seed);
    const Machine machine = generate.machine();
    if (machine.gpus.empty()) continue;
    Request request{.ranks = generate.number(1, 12)};
    request.map.by = MapBy::strict;
    const auto placement = place({{"a", &machine, request.ranks}}, request);
    ASSERT_TRUE(placement) << placement.error().text();
    uint32_t next = 0;
    for (size_t rank = 0; rank < placement->ranks.size(); ++rank) {
      for (const uint32_t gpu : placement->seat_of(rank).gpus) {
        EXPECT_TRUE(gpu == next || gpu + 1 == next);  // in order, none left out
        next = gpu + 1;
      }
    }
    EXPECT_EQ(next, machine.gpus.size());
  }
}

TEST(PlacementPropertyTest, RanksBoundToCoresShareNoneAndKeepToTheSlots) {
  for (unsigned seed = 0; seed < kRounds; ++seed) {
    SCOPED_TRACE(seed);
    Generator generate(seed);
    const Machine machine = generate.machine();
    const std::vector<NodeOffer> nodes = {{"a", &machine, generate.number(1, 8)},
                                          {"b", &machine, generate.number(1, 8)},
                                          {"c", &machine, generate.number(1, 8)}};
    Request request{.ranks = generate.number(1, 24)};
    request.map =
        parse_map_by(generate.one_of({"slot", "node", "package", "numa", "core", "core:SPAN",
                                      "numa:PE=2", "ppr:1:numa", "ppr:2:package"}))
            .value();
    request.bind = parse_bind_to("core").value();
    request.rank = static_cast<RankBy>(generate.number(0, 3));
    const auto placement = place(nodes, request);
    if (!placement) {
      EXPECT_NE(placement.error().text().find("--"), std::string::npos);
      continue;
    }
    EXPECT_EQ(placement->ranks.size(), request.ranks);
    expect_within(machine, *placement);
    expect_separate(machine, *placement);
    std::map<uint32_t, uint32_t> used;
    for (const auto& rank : placement->ranks) EXPECT_EQ(rank.local_rank, used[rank.node]++);
    for (const auto& [node, ranks] : used) EXPECT_LE(ranks, nodes[node].slots);
    EXPECT_EQ(place(nodes, request), placement);
  }
}

}  // namespace
}  // namespace skyrun
