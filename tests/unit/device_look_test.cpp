// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/device_look.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(DeviceLookTest, EveryLineIsAKindAndItsCount) {
  const std::vector<AcceleratorCount> wanted{{.name = "H100", .count = 8},
                                             {.name = "Radeon Pro V520", .count = 1}};
  EXPECT_EQ(parse_counts("H100 8\nRadeon Pro V520 1\n"), wanted);
  EXPECT_EQ(parse_counts(""), std::vector<AcceleratorCount>());
}

TEST(DeviceLookTest, OneBadLineMakesAllOfItUnknown) {
  for (const char* text : {"H100", "H100 x", " 8", "H100 8\nwords of an error", "H100 -1"}) {
    EXPECT_EQ(parse_counts(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace skyrun
