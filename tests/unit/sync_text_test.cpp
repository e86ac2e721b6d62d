// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/sync_text.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using std::chrono::milliseconds;

TEST(SyncTextTest, SizesHaveOneDecimalInPowersOfAThousand) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1000), "1.0 KB");
  EXPECT_EQ(bytes_text(999'949), "999.9 KB");
  EXPECT_EQ(bytes_text(999'950), "1.0 MB");
  EXPECT_EQ(bytes_text(UINT64_MAX), "18.4 EB");
}

TEST(SyncTextTest, AtFirstThereIsNoSpeedAndNoTotal) {
  EXPECT_EQ(sync_text({.sent = {3, 2'000'000}, .elapsed = milliseconds(100)}), "2.0 MB, file 3");
}

TEST(SyncTextTest, TheTimeLeftGoesByWhatIsRead) {
  EXPECT_EQ(sync_text({.sent = {100, 100'000'000},
                       .total = Tally{456, 300'000'000},
                       .taken = 20'000'000,
                       .elapsed = milliseconds(10'000)}),
            "100.0 MB of 300.0 MB, 2.0 MB/s, 20 s left, file 100 of 456");
}

TEST(SyncTextTest, FilesThatGrewMeanwhileAreNoTimeLeft) {
  EXPECT_EQ(
      sync_text(
          {.sent = {2, 200}, .total = Tally{1, 100}, .taken = 50, .elapsed = milliseconds(1000)}),
      "200 B of 100 B, 50 B/s, 0.0 s left, file 2 of 1");
}

}  // namespace
}  // namespace skyrun
