// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/failure_report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "launcher/output/origin.h"
#include "launcher/output/outcome_table.h"

namespace skyrun {
namespace {

using End = RankReport::End;

RankReport exited(uint32_t rank, ExitStatus status, uint64_t order = 0) {
  return {.rank = rank,
          .node = rank == 0 ? "head" : "worker" + std::to_string(rank),
          .pid = static_cast<int>(100 + rank),
          .status = status,
          .order = order};
}

RankReport ended(uint32_t rank, End end, uint64_t order = 0) {
  RankReport outcome = exited(rank, {}, order);
  outcome.end = end;
  return outcome;
}

TEST(OriginTest, PrefixesAreThoseOfSkyPilot) {
  using Kind = Origin::Kind;
  EXPECT_EQ(prefix_of({Kind::rank, "head", 0, 3726, ""}, false), "(head, rank=0, pid=3726) ");
  EXPECT_EQ(prefix_of({Kind::rank, "worker1", 1, 2680, "10.0.7.223"}, false),
            "(worker1, rank=1, pid=2680, ip=10.0.7.223) ");
  EXPECT_EQ(prefix_of({Kind::single, "train", 0, 7, ""}, false), "(train, pid=7) ");
  EXPECT_EQ(prefix_of({Kind::single, "", 0, 7, ""}, false), "(task, pid=7) ");
  EXPECT_EQ(prefix_of({Kind::single_setup, "", 0, 7, ""}, false), "(setup pid=7) ");
  EXPECT_EQ(prefix_of({Kind::setup, "", 0, 7, ""}, false), "(setup pid=7, rank=0) ");
  EXPECT_EQ(prefix_of({Kind::setup, "", 1, 7, "10.0.0.2"}, false),
            "(setup pid=7, rank=1, ip=10.0.0.2) ");
}

TEST(OriginTest, OnlyThePrefixIsCyanAndNotItsBlank) {
  EXPECT_EQ(prefix_of({Origin::Kind::single_setup, "", 0, 7, ""}, true),
            "\x1b[36m(setup pid=7)\x1b[0m ");
}

TEST(RunFailureTest, TheCodeOfTheFirstFailureIsNamedAndCodesAreInRankOrder) {
  EXPECT_EQ(run_failure("3", {ended(2, End::stopped, 2), exited(1, {.code = 1}, 1), exited(0, {})},
                        false),
            "ERROR: Job 3 failed with return code list: [0, 1, 137] (A Worker failed with return "
            "code 1, skyrun cleaned up the processes on other nodes with return code 137)");
}

TEST(RunFailureTest, TheSpanUpToTheListIsRed) {
  EXPECT_EQ(run_failure("3", {exited(0, {.code = 2})}, true),
            "ERROR: \x1b[31mJob 3 failed with return code list:\x1b[0m [2]");
}

TEST(RunFailureTest, ALaterFailureDoesNotHideTheFirst) {
  const auto text = run_failure(
      "1", {exited(0, {.code = 9}, 8), exited(1, {.code = 4}, 5), ended(2, End::stopped)}, false);
  EXPECT_NE(text.find("[9, 4, 137] (A Worker failed with return code 4,"), text.npos) << text;
}

TEST(RunFailureTest, EveryRankMayHave137) {
  const ExitStatus killed{.signal = 9};
  EXPECT_EQ(run_failure("1", {exited(0, killed), exited(1, killed, 1)}, false),
            "ERROR: Job 1 failed with return code list: [137, 137] (likely out of memory)");
  EXPECT_EQ(run_failure("1", {ended(0, End::stopped), exited(1, killed)}, false),
            "ERROR: Job 1 failed with return code list: [137, 137] (A Worker failed with return "
            "code 137, skyrun cleaned up the processes on other nodes with return code 137)");
}

TEST(RunFailureTest, ASegmentationFaultIsNamedUnlessThereIsA137) {
  const ExitStatus segv{.signal = 11};
  EXPECT_EQ(
      run_failure("1", {exited(0, {}), exited(1, segv)}, false),
      "ERROR: Job 1 failed with return code list: [0, 139] (likely due to Segmentation Fault)");
  EXPECT_EQ(run_failure("1", {ended(0, End::stopped), exited(1, segv)}, false),
            "ERROR: Job 1 failed with return code list: [137, 139] (A Worker failed with return "
            "code 139, skyrun cleaned up the processes on other nodes with return code 137)");
}

TEST(RunFailureTest, ALostNodeAndOneThatNeverStartedHaveTheCodeOfALostConnection) {
  EXPECT_EQ(run_failure("1", {ended(0, End::lost), ended(1, End::never_started)}, false),
            "ERROR: Job 1 failed with return code list: [255, 255]");
}

TEST(SetupFailureTest, TheWorkersThatFailedByThemselvesAreListedInRankOrder) {
  EXPECT_EQ(setup_failure("7",
                          {exited(2, {.code = 1}), ended(1, End::stopped), exited(0, {.signal = 9}),
                           exited(3, {})},
                          true),
            "ERROR: \x1b[31mJob 7's setup failed. Failed workers: (pid=100, returncode=137), "
            "(pid=102, returncode=1). See error logs above for more details.\x1b[0m");
}

TEST(FailureListTest, OfManyRanksIsFolded) {
  std::vector<RankReport> outcomes;
  for (uint32_t rank = 0; rank < 1024; ++rank) outcomes.push_back(ended(rank, End::stopped, 9));
  outcomes[0] = exited(0, {});
  outcomes[7] = exited(7, {.code = 1}, 1);
  EXPECT_EQ(run_failure("1", outcomes, false),
            "ERROR: Job 1 failed with return code list: [0, 137 (x 6), 1, 137 (x 1016)] (A Worker "
            "failed with return code 1, skyrun cleaned up the processes on other nodes with return "
            "code 137)");

  for (uint32_t rank = 0; rank < 1024; ++rank)
    outcomes[rank] = exited(rank, {.code = 1 + static_cast<int>(rank % 2)}, rank);
  const auto run = run_failure("1", outcomes, false);
  EXPECT_NE(run.find("[1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, ...]"), run.npos) << run;
  const auto setup = setup_failure("1", outcomes, false);
  EXPECT_NE(setup.find("(pid=115, returncode=2), and 1008 more. See"), setup.npos) << setup;
}

TEST(OutcomeTableTest, AFewRanksHaveARowEach) {
  EXPECT_EQ(outcome_table({ended(2, End::stopped), exited(1, {.signal = 9}, 1),
                           exited(0, {.code = 0}), ended(3, End::stopped), ended(4, End::lost, 2),
                           ended(5, End::never_started, 3)}),
            "  rank  node     ended\n"
            "  0     head     exit code 0\n"
            "  1     worker1  signal 9 (Killed), the first to fail\n"
            "  2     worker2  stopped by skyrun\n"
            "  3     worker3  stopped by skyrun\n"
            "  4     worker4  node lost\n"
            "  5     worker5  never started\n");
}

TEST(OutcomeTableTest, AThousandRanksThatEndedAlikeShareARow) {
  std::vector<RankReport> outcomes;
  for (uint32_t rank = 0; rank < 1000; ++rank) outcomes.push_back(ended(rank, End::stopped));
  outcomes[7] = exited(7, {.code = 1});
  outcomes[8] = exited(8, {.code = 1}, 1);
  EXPECT_EQ(outcome_table(outcomes),
            "  rank        node       ended\n"
            "  0-6, 9-999  998 nodes  stopped by skyrun\n"
            "  7           worker7    exit code 1, the first to fail\n"
            "  8           worker8    exit code 1\n");
}

TEST(OutcomeTableTest, ScatteredRanksAreCounted) {
  std::vector<RankReport> outcomes;
  for (uint32_t rank = 0; rank < 40; ++rank) {
    outcomes.push_back(exited(rank, {.code = static_cast<int>(rank % 2)}, rank));
  }
  const auto table = outcome_table(outcomes);
  EXPECT_NE(table.find("0, 2, 4, 6, 8, … (20 ranks)"), table.npos) << table;
}

TEST(OutcomeTableTest, ManyDifferentEndingsAreCutButTheFirstFailureIsShown) {
  std::vector<RankReport> outcomes;
  for (uint32_t rank = 0; rank < 200; ++rank) {
    outcomes.push_back(exited(rank, {.code = static_cast<int>(rank + 1)}, 1000 - rank));
  }
  const auto table = outcome_table(outcomes);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 22);
  EXPECT_NE(table.find("exit code 200, the first to fail"), table.npos) << table;
  EXPECT_NE(table.find("… and 180 other endings"), table.npos) << table;
}

}  // namespace
}  // namespace skyrun
