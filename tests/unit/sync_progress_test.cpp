// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/sync_progress.h"

#include <gtest/gtest.h>

#include "protocol/sync_window.h"

namespace skyrun {
namespace {

TEST(SyncProgressTest, TakenIsWhatTheSlowestHas) {
  SyncProgress sync(3);
  sync.on_sent(1000);
  EXPECT_FALSE(sync.on_taken(0, 900));
  EXPECT_FALSE(sync.on_taken(1, 500));
  EXPECT_EQ(sync.taken(), 0U);
  EXPECT_TRUE(sync.on_taken(2, 600));
  EXPECT_EQ(sync.taken(), 500U);
  EXPECT_EQ(sync.slowest(), std::vector<size_t>{1});
  EXPECT_EQ(sync.waiting(), (std::vector<size_t>{1, 2, 0}));
}

TEST(SyncProgressTest, WhoeverHasEndedIsNotWaitedFor) {
  SyncProgress sync(2);
  sync.on_sent(100);
  sync.on_taken(1, 100);
  sync.settle(0);
  EXPECT_EQ(sync.taken(), 100U);
  sync.settle(1);
  EXPECT_EQ(sync.taken(), 100U);
  EXPECT_TRUE(sync.waiting().empty());
}

TEST(SyncProgressTest, NodesAreDueOnlyForWhatWasSent) {
  SyncProgress sync(1);
  EXPECT_FALSE(sync.nodes_are_due());
  sync.on_sent(10);
  EXPECT_TRUE(sync.nodes_are_due());
  sync.on_taken(0, 10);
  EXPECT_FALSE(sync.nodes_are_due());  // the client is
  sync.on_sent(0);
  EXPECT_TRUE(sync.nodes_are_due());  // it has all of it, and must say that it is in place
}

TEST(SyncProgressTest, NobodyTakesWhatWasNotSentOrGivesItBack) {
  SyncProgress sync(1);
  sync.on_sent(10);
  sync.on_taken(0, 1000);
  EXPECT_EQ(sync.taken(), 10U);
  sync.on_taken(0, 3);
  EXPECT_EQ(sync.taken(), 10U);
}

TEST(SyncProgressTest, TheWindowHoldsSeveralStepsWhateverTheTree) {
  for (const uint32_t arity : {0U, 1U, 8U, 32U, 4096U}) {
    EXPECT_GE(sync_window(arity), 4 * kSyncStep) << arity;
    EXPECT_LE(sync_window(arity), uint64_t{8} << 20U) << arity;
  }
}

}  // namespace
}  // namespace skyrun
