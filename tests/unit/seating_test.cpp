// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/seating.h"

#include <gtest/gtest.h>

#include "tests/support/machine_shape.h"
#include "topology/machine_reader.h"
#include "topology/machine_wire.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;

/// Two nodes, h0 and h1, that consist of the same.
class SeatingTest : public testing::Test {
 protected:
  void have(const Machine& machine) {
    for (size_t i = 0; i < specs_.size(); ++i)
      ASSERT_TRUE(machines_.learn(i, encode_machine(machine)));
  }

  void have_gpus() {
    have(read_machine_file(SKYRUN_TEST_DATA "/topologies/mpibind-coral-lassen.xml").value());
  }

  Seating seated() const { return seat({resources_, placement_}, {specs_, facts_, machines_}); }

  std::vector<NodeSpec> specs_{{.id = NodeId{0}, .host = "h0"}, {.id = NodeId{1}, .host = "h1"}};
  std::vector<NodeFacts> facts_{{.cpus = 4}, {.cpus = 4}};
  NodeMachines machines_{2};
  ResourceWishes resources_;
  PlacementWish placement_;
};

TEST_F(SeatingTest, AJobThatAsksForNothingRunsAnywhereWithoutASeat) {
  const auto seating = seated();
  EXPECT_EQ(seating.refusals, Lines());
  EXPECT_EQ(seating.notices, Lines());
  EXPECT_TRUE(seating.seats.seat_of.empty());
}

TEST_F(SeatingTest, NodesThatFallShortRefuseTheJobUnlessItDoesNotInsist) {
  resources_.candidates = {{.cpus = 8}};
  facts_[0].cpus = 8;
  EXPECT_EQ(seated().refusals, (Lines{"h1: asks for 8 CPUs, has 4 CPUs; --skip-resource-check runs "
                                      "the job all the same"}));
  resources_.insists = false;
  EXPECT_EQ(seated().refusals, Lines());
  EXPECT_EQ(seated().notices, (Lines{"h1: asks for 8 CPUs, has 4 CPUs; running all the same"}));
}

TEST_F(SeatingTest, TheCandidateThatIsTakenIsNamedAndDecidesTheGpus) {
  have_gpus();
  resources_.candidates = {{.accelerator = "A100", .accelerators = 8},
                           {.accelerator = "V100", .accelerators = 1.5}};
  const auto seating = seated();
  EXPECT_EQ(seating.notices, (Lines{"accelerators: V100:1.5"}));
  EXPECT_EQ(seating.seats.num_gpus, 2U);
  EXPECT_TRUE(seating.seats.gpus_are_schedulable);
}

TEST_F(SeatingTest, ATpuIsTakenOnTrustAndSeatsNobody) {
  resources_.candidates = {{.accelerator = "tpu-v2-8", .accelerators = 4, .schedulable = false}};
  const auto seating = seated();
  EXPECT_EQ(seating.refusals, Lines());
  EXPECT_EQ(seating.seats.num_gpus, 4U);
  EXPECT_FALSE(seating.seats.gpus_are_schedulable);
}

TEST_F(SeatingTest, AcceleratorsThatNobodyCanSeeAreNotChecked) {
  resources_.candidates = {{.accelerator = "A100", .accelerators = 8}};
  EXPECT_EQ(seated().notices,
            (Lines{"accelerators are not checked: the nodes cannot tell what they have"}));
}

TEST_F(SeatingTest, AutoCountsTheGpusAndMustKnowThem) {
  resources_.takes_any_gpus = true;
  EXPECT_EQ(seated().refusals.front(), "h0: --gpus auto must know its hardware: it did not look");
  have_gpus();
  const auto seating = seated();
  EXPECT_EQ(seating.notices, (Lines{"--gpus auto: 4 GPUs on every node (V100)"}));
  EXPECT_EQ(seating.seats.num_gpus, 4U);
  EXPECT_TRUE(seating.seats.seats.empty());  // they are all its
}

TEST_F(SeatingTest, EmbeddedNodesThatShareGpusSeeTheirOwn) {
  have_gpus();
  for (auto& spec : specs_) spec.home = "/home";
  resources_.takes_any_gpus = true;
  const auto seating = seated();
  ASSERT_EQ(seating.seats.seats.size(), 2U);
  EXPECT_EQ(seating.seats.seats[1].variables[0].second, "2,3");
}

TEST_F(SeatingTest, AMigInstanceIsNamedToItsRank) {
  have_gpus();
  resources_.candidates = {{.accelerator = "V100", .accelerators = 1}};
  facts_[0].gpu_uuids = {"MIG-a", "MIG-b", "MIG-c", "MIG-d"};
  facts_[1].gpu_uuids = facts_[0].gpu_uuids;
  EXPECT_EQ(seated().seats.seats.at(0).variables[0].second, "MIG-a");
}

TEST_F(SeatingTest, SeatsThatAreWishedForNeedMachinesThatAreKnown) {
  placement_.bind_to = "core";
  EXPECT_EQ(seated().refusals, (Lines{"h0: --bind-to must know its hardware: it did not look",
                                      "h1: --bind-to must know its hardware: it did not look"}));
  have(MachineShape("1 package x 2 core").build());
  EXPECT_EQ(seated().seats.seats.at(0).cpus, std::vector<uint32_t>{0});
  EXPECT_EQ(seated().map, "");  // nobody wants to see it
  placement_.display_map = true;
  EXPECT_EQ(seated().map,
            "map-by core, rank-by fill, bind-to core\n"
            "rank 0 on h0: CPUs 0\nrank 1 on h1: CPUs 0\n");
}

TEST_F(SeatingTest, WhatCannotBePlacedIsRefusedInThePlacersWords) {
  have(MachineShape("1 package x 2 core").build());
  placement_.map_by = "nonsense";  // no face lets it pass
  ASSERT_EQ(seated().refusals.size(), 1U);
  EXPECT_EQ(seated().refusals[0].rfind("--map-by nonsense: ", 0), 0U);
}

TEST_F(SeatingTest, WhatMachinesSayOfTheirLookComesFirst) {
  Machine machine = MachineShape("1 package x 2 core").build();
  machine.notices = {"HWLOC_XMLFILE is ignored"};
  have(machine);
  resources_.candidates = {{.cpus = 8}};
  resources_.insists = false;
  EXPECT_EQ(seated().notices.front(), "h0: HWLOC_XMLFILE is ignored");
}

}  // namespace
}  // namespace skyrun
