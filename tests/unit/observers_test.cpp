// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/observers.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(ObserversTest, AnOutcomeIsKeptThoughNobodyIsThere) {
  Observers observers;
  EXPECT_TRUE(observers.hear(kFirstJob, Progress{}));
  observers.lose_client();
  EXPECT_FALSE(observers.hear(kFirstJob, JobEnded{.state = JobState::failed}));
  EXPECT_EQ(observers.outcome_of(kFirstJob)->state, JobState::failed);
  EXPECT_EQ(observers.outcome_of(JobId{2}), std::nullopt);
}

TEST(ObserversTest, TheOldestOutcomesMakeRoom) {
  Observers observers;
  for (uint32_t i = 1; i <= Observers::kMaxOutcomes + 2; ++i) observers.hear(JobId{i}, JobEnded{});
  EXPECT_EQ(observers.outcome_of(JobId{2}), std::nullopt);
  EXPECT_TRUE(observers.outcome_of(JobId{3}));
}

}  // namespace
}  // namespace skyrun
