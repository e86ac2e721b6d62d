// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/job_seats.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/machine_shape.h"
#include "topology/machine_reader.h"
#include "topology/machine_wire.h"
#include "topology/seating/gpu_count.h"

namespace skyrun {
namespace {

using Cpus = std::vector<uint32_t>;

Machine machine_of(const char* file) {
  return read_machine_file(std::string(SKYRUN_TEST_DATA "/topologies/") + file).value();
}

/// Nodes h0, h1, … with these machines; embedded ones share the first.
class JobSeatsTest : public testing::Test {
 protected:
  void have(const std::vector<Machine>& machines, bool embedded = false, size_t count = 0) {
    for (size_t i = 0; i < std::max(count, machines.size()); ++i) {
      specs_.push_back({.id = NodeId{static_cast<uint32_t>(i)}, .host = "h" + std::to_string(i)});
      if (embedded) specs_.back().home = "/home";
      facts_.emplace_back();
    }
    machines_ = NodeMachines(specs_.size());
    for (size_t i = 0; i < specs_.size(); ++i) {
      const Machine& machine = machines[std::min(i, machines.size() - 1)];
      ASSERT_TRUE(machines_.learn(i, encode_machine(machine)));
    }
  }

  JobNodes nodes() const { return {specs_, facts_, machines_}; }

  SeatedRanks seats(const PlacementWish& wish, uint32_t gpus = 0) const {
    auto result = seat_job(wish, nodes(), gpus);
    EXPECT_TRUE(result) << result.error().text();
    return std::move(result).value_or(SeatedRanks());
  }

  std::string refusal(const PlacementWish& wish) const {
    const auto result = seat_job(wish, nodes(), 0);
    return result ? "none" : result.error().text();
  }

  std::vector<NodeSpec> specs_;
  std::vector<NodeFacts> facts_;
  NodeMachines machines_{0};
};

PlacementWish map_by(const char* policy) {
  return {.map_by = policy};
}

TEST_F(JobSeatsTest, EqualNodesShareASeat) {
  const Machine machine = MachineShape("2 package x 4 core x 2 hwthread").build();
  have({machine, machine, MachineShape("1 package x 2 core").build()});
  const auto all = seats(map_by("package"));
  EXPECT_EQ(all.seat_of, (Cpus{0, 0, 1}));
  ASSERT_EQ(all.seats.size(), 2U);
  EXPECT_EQ(all.seats[0].cpus, (Cpus{0, 1, 2, 3, 8, 9, 10, 11}));
  EXPECT_EQ(all.seats[0].defaults, (Variables{{"OMP_NUM_THREADS", "4"}}));
  EXPECT_EQ(all.map,
            "map-by package, rank-by fill, bind-to package\n"
            "rank 0 on h0: CPUs 0-3,8-11\n"
            "rank 1 on h1: CPUs 0-3,8-11\n"
            "rank 2 on h2: CPUs 0-1\n");
}

TEST_F(JobSeatsTest, EmbeddedNodesDivideTheMachine) {
  have({machine_of("mpibind-coral-lassen.xml")}, true, 4);
  PlacementWish wish = map_by("strict");
  wish.own_gpus = true;
  const auto all = seats(wish, 1);
  EXPECT_EQ(all.seat_of, (Cpus{0, 1, 2, 3}));
  EXPECT_EQ(all.seats[2].cpus.front(), 96U);
  EXPECT_EQ(all.seats[2].numa, 8U);
  EXPECT_EQ(all.seats[2].variables[0],
            std::pair(std::string("CUDA_VISIBLE_DEVICES"), std::string("2")));
}

TEST_F(JobSeatsTest, ThePersonalitySaysWhatIsLeftOpen) {
  const Machine machine = MachineShape("1 package x 2 numa x 2 core").build();
  have({machine, machine, machine});
  PlacementWish wish = map_by(":NOOVERSUBSCRIBE");
  EXPECT_EQ(seats(wish).seats[0].cpus, (Cpus{0, 1, 2, 3}));
  wish.defaults = Defaults::open_mpi_4;
  EXPECT_EQ(seats(wish).seats[0].cpus, (Cpus{0, 1}));
}

TEST_F(JobSeatsTest, APatternGivesEachNodeItsRank) {
  const Machine machine = MachineShape("1 package x 4 core").build();
  have({machine, machine});
  EXPECT_EQ(seats(map_by("ppr:1:core")).map,
            "map-by ppr:1:core, rank-by slot, bind-to core\n"
            "rank 0 on h0: CPUs 0\n"
            "rank 1 on h1: CPUs 0\n");
}

TEST_F(JobSeatsTest, OnlyGpusOfTheJobCount) {
  have({machine_of("mpibind-coral-lassen.xml")});
  EXPECT_EQ(seats(map_by("strict"), 1).map,
            "map-by strict, rank-by slot, bind-to core\n"
            "rank 0 on h0: CPUs 8-87, NUMA 0, GPU 0 V100\n");
  EXPECT_EQ(seats(map_by("strict"), 2).map,
            "map-by strict, rank-by slot, bind-to core\n"
            "rank 0 on h0: CPUs 8-87, NUMA 0, GPU 0 V100, GPU 1 V100\n");
}

TEST_F(JobSeatsTest, NothingIsBoundUnlessItIsAskedFor) {
  have({MachineShape("1 package x 2 core").build()});
  const auto all = seats({.display_map = true});
  EXPECT_EQ(all.map, "map-by slot, rank-by slot, bind-to none\nrank 0 on h0: not bound\n");
  EXPECT_EQ(all.seats, std::vector<RankSeat>(1));
}

TEST_F(JobSeatsTest, GpusThatTheEnvironmentOrdersAreNamed) {
  Machine machine = machine_of("mpibind-coral-lassen.xml");
  machine.gpus = {machine.gpus[3], machine.gpus[1]};
  EXPECT_TRUE(hides_gpus(machine));
  have({machine});
  EXPECT_EQ(seats({}, 2).seats[0].variables[0].second, "3,1");
  EXPECT_EQ(seats({}, 1).seats[0].variables[0].second, "3");
}

TEST_F(JobSeatsTest, EmbeddedNodesSeeNoMoreThanTheyAskFor) {
  Machine machine = machine_of("mpibind-coral-lassen.xml");
  machine.gpus = {machine.gpus[3], machine.gpus[1]};
  have({machine}, true, 2);
  EXPECT_EQ(seats({}, 1).seats[0].variables[0].second, "3");
}

TEST_F(JobSeatsTest, GpusWithUuidsAreSharedByNoTwoNodes) {
  const Machine machine = machine_of("mpibind-coral-lassen.xml");
  have({machine, machine});
  facts_[0].gpu_uuids = {"GPU-a", "GPU-b", "GPU-c", "GPU-d"};
  facts_[1].gpu_uuids = {"GPU-e", "GPU-f", "GPU-g", "GPU-h"};
  const auto all = seats({.own_gpus = true}, 1);
  EXPECT_EQ(all.seat_of, (Cpus{0, 1}));
  EXPECT_EQ(all.seats[1].variables, (Variables{{"CUDA_VISIBLE_DEVICES", "GPU-e"}}));
}

TEST_F(JobSeatsTest, RanksOfATaskStayOnTheirNodes) {
  const Machine machine = MachineShape("1 package x 4 core").build();
  have({machine, machine});
  PlacementWish listed = map_by("rankfile:file=f");
  listed.file_text = "rank 0=h1 slot=0\nrank 1=h0 slot=1\n";
  EXPECT_EQ(
      refusal(listed),
      "--map-by: a task has one rank on each node, in their order, but this puts rank 0 on h1");
  listed.file_text = "rank 0=h0 slot=1\nrank 1=h1 slot=2-3\n";
  EXPECT_EQ(seats(listed).seats[1].cpus, (Cpus{2, 3}));
}

TEST_F(JobSeatsTest, WhatDoesNotFitIsSaidInWords) {
  have({MachineShape("1 package x 2 core").build()}, true, 3);
  EXPECT_EQ(refusal({.bind_to = "core"}),
            "--map-by core: 3 ranks need more CPUs than the nodes have; --bind-to "
            "core:overload-allowed lets them share");
}

TEST_F(JobSeatsTest, AutoTakesAsManyGpusAsTheNodeWithFewestHas) {
  Machine four = machine_of("mpibind-coral-lassen.xml");
  Machine one = four;
  one.gpus.resize(1);
  have({four, one, four});
  const auto count = count_gpus(nodes());
  EXPECT_EQ(count.per_node, 1U);
  EXPECT_EQ(count.words, "1 GPU on every node (V100); h0 has 4, h2 has 4");
}

TEST_F(JobSeatsTest, AutoDividesTheGpusAmongEmbeddedNodes) {
  have({machine_of("mpibind-coral-lassen.xml")}, true, 2);
  EXPECT_EQ(count_gpus(nodes()).words, "2 GPUs on every node (V100)");
}

TEST_F(JobSeatsTest, AutoOfNodesWithoutGpusIsNone) {
  have({MachineShape("1 package x 2 core").build()});
  EXPECT_EQ(count_gpus(nodes()).words, "0 GPUs on every node");
}

TEST_F(JobSeatsTest, NodesThatDoNotKnowTheirHardwareAreNamed) {
  facts_ = {{.why_no_machine = "it failed"}, {}};
  specs_ = {{.host = "h0"}, {.host = "h1"}};
  machines_ = NodeMachines(2);
  EXPECT_EQ(unknown_machines(machines_, facts_, specs_, "--map-by"),
            (std::vector<std::string>{"h0: --map-by must know its hardware: it failed",
                                      "h1: --map-by must know its hardware: it did not look"}));
  EXPECT_EQ(machines_.learn(1, "\xff").error().text(), "a machine is refused: it does not parse");
}

}  // namespace
}  // namespace skyrun
