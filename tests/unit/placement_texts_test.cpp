// SPDX-License-Identifier: Apache-2.0
#include "launcher/placement_texts.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

std::string refusal(const PlacementTexts& texts) {
  Options options;
  const auto read = read_placement(texts, options);
  return read ? "none" : read.error().text();
}

TEST(PlacementTextsTest, NothingIsWishedWhereNothingIsSaid) {
  Options options;
  ASSERT_TRUE(read_placement({}, options));
  EXPECT_FALSE(options.placement.needs_machines());
  EXPECT_FALSE(options.report_bindings);
}

TEST(PlacementTextsTest, EveryOptionIsRead) {
  Options options;
  ASSERT_TRUE(read_placement(
      {.map = "numa:PE=2", .rank = "span", .bind = "core:report", .display = "map"}, options));
  EXPECT_EQ(options.placement, (PlacementWish{.map_by = "numa:PE=2",
                                              .rank_by = "span",
                                              .bind_to = "core:report",
                                              .display_map = true}));
  EXPECT_TRUE(options.report_bindings);  // :report
  EXPECT_EQ(options.placement.option(), "--map-by");
}

TEST(PlacementTextsTest, WhatIsNotUnderstoodIsNamedWithItsOption) {
  EXPECT_EQ(refusal({.map = "ppr"}),
            "--map-by ppr: ppr needs a number and an object: ppr:2:package");
  EXPECT_EQ(refusal({.rank = "core"}), "--rank-by core: 'core' is none of slot, node, fill, span");
  EXPECT_EQ(refusal({.bind = "n"}), "--bind-to n: 'n' may be each of none, numa");
  EXPECT_EQ(refusal({.display = "map,"}), "--display map,: '' is none of map, bindings");
}

}  // namespace
}  // namespace skyrun
