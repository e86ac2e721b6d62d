// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/place_text.h"

#include <gtest/gtest.h>

#include "launcher/topo/topo_options.h"
#include "topology/machine_reader.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

/// Four ranks on a node with two GPUs on each socket.
class PlaceTextTest : public testing::Test {
 protected:
  Placement placed(const char* policy) const {
    return place({{.name = "n", .machine = &machine_, .slots = 4}},
                 {.ranks = 4, .map = parse_map_by(policy).value()})
        .value();
  }

  const Machine machine_ =
      read_machine_file(SKYRUN_TEST_DATA "/topologies/mpibind-coral-lassen.xml").value();
};

TEST_F(PlaceTextTest, EveryRankIsALineWithItsCpusMemoryAndGpu) {
  EXPECT_EQ(place_text(machine_, placed("strict")),
            "map-by strict, rank-by slot, bind-to core\n"
            "rank 0: CPUs 8-47, NUMA 0, GPU 0 V100\n"
            "rank 1: CPUs 48-87, NUMA 0, GPU 1 V100\n"
            "rank 2: CPUs 96-135, NUMA 8, GPU 2 V100\n"
            "rank 3: CPUs 136-175, NUMA 8, GPU 3 V100\n");
}

TEST_F(PlaceTextTest, JsonHasTheSame) {
  const std::string json = place_json(machine_, placed("strict"));
  EXPECT_EQ(json.rfind(R"({"policy": "map-by strict, rank-by slot, bind-to core", "ranks": [)"
                       R"({"rank": 0, "local_rank": 0, "node": 0, "cpus": "8-47", "numa": 0, )"
                       R"("gpu": 0, "gpus": [0]}, )",
                       0),
            0U)
      << json;
}

TEST(TopoOptionsTest, PlacesAndPoliciesAreChecked) {
  const auto options = parse_topo_options({"--place", "8", "--policy=fill"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->place, 8U);
  EXPECT_EQ(options->policy, "fill");
  for (const char* wrong : {"0", "-1", "x", "1000001"}) {
    EXPECT_EQ(parse_topo_options({"--place", wrong}).error().text(),
              "--place: a number of ranks from 1 to 1000000");
  }
}

}  // namespace
}  // namespace skyrun
