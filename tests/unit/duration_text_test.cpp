// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/duration_text.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using std::chrono::milliseconds;

TEST(DurationTextTest, TwoUnitsAtMost) {
  EXPECT_EQ(duration_text(milliseconds(0)), "0.0 s");
  EXPECT_EQ(duration_text(milliseconds(449)), "0.4 s");
  EXPECT_EQ(duration_text(milliseconds(9960)), "10 s");
  EXPECT_EQ(duration_text(milliseconds(59400)), "59 s");
  EXPECT_EQ(duration_text(milliseconds(59500)), "1 min 00 s");
  EXPECT_EQ(duration_text(milliseconds(3'599'499)), "59 min 59 s");
  EXPECT_EQ(duration_text(milliseconds(3'600'000)), "1 h 00 min");
  EXPECT_EQ(duration_text(milliseconds(100 * 3'600'000)), "4 d 04 h");
}

}  // namespace
}  // namespace skyrun
