// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "node_daemon/shepherd/environment.h"

namespace skyrun {
namespace {

using Lines = std::vector<std::string>;

const JobSeats kSeated{.num_gpus = 2,
                       .seats = {{.cpus = {0}, .defaults = {{"OMP_NUM_THREADS", "1"}}},
                                 {.variables = {{"CUDA_VISIBLE_DEVICES", "GPU-b"}},
                                  .defaults = {{"OMP_NUM_THREADS", "4"}}}},
                       .seat_of = {0, 1}};

TEST(ShepherdEnvironmentTest, OnlyRunHasASeat) {
  EXPECT_EQ(seat_of(kSeated, Stage::setup, NodeId{1}), nullptr);
  EXPECT_EQ(seat_of(kSeated, Stage::run, NodeId{1}), &kSeated.seats[1]);
  EXPECT_EQ(seat_of(kSeated, Stage::run, NodeId{2}), nullptr);
  EXPECT_EQ(seat_of(JobSeats{}, Stage::run, NodeId{0}), nullptr);
}

TEST(ShepherdEnvironmentTest, ASeatSaysWhichGpusItsRankSees) {
  const Lines ours{"A=1", "CUDA_VISIBLE_DEVICES=7"};
  EXPECT_EQ(process_environment(ours, kSeated, Stage::run, NodeId{1}),
            (Lines{"A=1", "CUDA_VISIBLE_DEVICES=GPU-b", "OMP_NUM_THREADS=4"}));
  EXPECT_EQ(process_environment(ours, kSeated, Stage::run, NodeId{0}),
            (Lines{"A=1", "CUDA_VISIBLE_DEVICES=0,1", "OMP_NUM_THREADS=1"}));
  EXPECT_EQ(process_environment(ours, kSeated, Stage::setup, NodeId{0}), Lines{"A=1"});
}

TEST(ShepherdEnvironmentTest, ARankOfAnAppIsToldWhoItIs) {
  JobSpec job{.num_nodes = 2,
              .envs = {{"A", "2"}, {"P", "100%"}},
              .apps = {{.argv = {"x"}, .ranks = 1},
                       {.argv = {"y"}, .variables = {{"R", "%{rank}/%{size}"}}, .ranks = 3}}};
  const JobSeats seats{.seats = {{.cpus = {0}, .defaults = {{"OMP_NUM_THREADS", "1"}}},
                                 {.cpus = {1}, .defaults = {{"OMP_NUM_THREADS", "3"}}}},
                       .seat_of = {0, 0},
                       .ranks = to_rank_map({0, 0, 1, 1}, 2)};
  EXPECT_EQ(app_of(job, Rank{0}).argv[0], "x");
  EXPECT_EQ(app_of(job, Rank{3}).argv[0], "y");
  const RankPlace place{NodeId{1}, Rank{3}, LocalRank{1}, 2};
  EXPECT_EQ(*rank_environment({"A=1", "CUDA_VISIBLE_DEVICES=7"}, {job, {}, seats}, place),
            (Lines{"CUDA_VISIBLE_DEVICES=7", "A=2", "P=100%", "OMP_NUM_THREADS=3", "R=3/4"}));
  job.apps[1].variables = {{"R", "%{nothing}"}};
  EXPECT_FALSE(rank_environment({}, {job, {}, seats}, place));
}

TEST(ShepherdEnvironmentTest, ThreadCountsOfTheNodeStay) {
  EXPECT_EQ(process_environment({"OMP_NUM_THREADS="}, kSeated, Stage::run, NodeId{0}),
            (Lines{"OMP_NUM_THREADS=", "CUDA_VISIBLE_DEVICES=0,1"}));
}

}  // namespace
}  // namespace skyrun
