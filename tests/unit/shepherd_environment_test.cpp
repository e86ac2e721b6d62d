// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "node_daemon/shepherd/environment.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;

const JobSpec kSeated{.num_nodes = 2,
                      .num_gpus = 2,
                      .seats = {{.cpus = {0}, .defaults = {{"OMP_NUM_THREADS", "1"}}},
                                {.variables = {{"CUDA_VISIBLE_DEVICES", "GPU-b"}},
                                 .defaults = {{"OMP_NUM_THREADS", "4"}}}},
                      .seat_of = {0, 1}};

TEST(ShepherdEnvironmentTest, OnlyRunHasASeat) {
  EXPECT_EQ(seat_of(kSeated, Stage::setup, NodeId{1}), nullptr);
  EXPECT_EQ(seat_of(kSeated, Stage::run, NodeId{1}), &kSeated.seats[1]);
  EXPECT_EQ(seat_of(kSeated, Stage::run, NodeId{2}), nullptr);
  EXPECT_EQ(seat_of(JobSpec{}, Stage::run, NodeId{0}), nullptr);
}

TEST(ShepherdEnvironmentTest, ASeatSaysWhichGpusItsRankSees) {
  const Lines ours{"A=1", "CUDA_VISIBLE_DEVICES=7"};
  EXPECT_EQ(process_environment(ours, kSeated, Stage::run, NodeId{1}),
            (Lines{"A=1", "CUDA_VISIBLE_DEVICES=GPU-b", "OMP_NUM_THREADS=4"}));
  EXPECT_EQ(process_environment(ours, kSeated, Stage::run, NodeId{0}),
            (Lines{"A=1", "CUDA_VISIBLE_DEVICES=0,1", "OMP_NUM_THREADS=1"}));
  EXPECT_EQ(process_environment(ours, kSeated, Stage::setup, NodeId{0}), Lines{"A=1"});
}

TEST(ShepherdEnvironmentTest, ThreadCountsOfTheNodeStay) {
  EXPECT_EQ(process_environment({"OMP_NUM_THREADS="}, kSeated, Stage::run, NodeId{0}),
            (Lines{"OMP_NUM_THREADS=", "CUDA_VISIBLE_DEVICES=0,1"}));
}

}  // namespace
}  // namespace skyrun
