// SPDX-License-Identifier: Apache-2.0
#include "launcher/placement_texts.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

std::string refusal(const PlacementTexts& texts) {
  PlacementWish wish;
  const auto read = read_placement(texts, wish);
  return read ? "none" : read.error().text();
}

TEST(PlacementTextsTest, NothingIsWishedWhereNothingIsSaid) {
  PlacementWish wish;
  ASSERT_TRUE(read_placement({}, wish));
  EXPECT_FALSE(wish.needs_machines());
  EXPECT_FALSE(wish.report_bindings);
}

TEST(PlacementTextsTest, EveryOptionIsRead) {
  PlacementWish wish;
  ASSERT_TRUE(read_placement(
      {.map = "numa:PE=2", .rank = "span", .bind = "core:report", .display = "map"}, wish));
  EXPECT_EQ(wish.map->level, Level::numa);
  EXPECT_EQ(wish.map->pe, 2U);
  EXPECT_EQ(wish.rank, RankBy::span);
  EXPECT_EQ(wish.bind->to, Level::core);
  EXPECT_TRUE(wish.display_map);
  EXPECT_TRUE(wish.report_bindings);  // :report
  EXPECT_EQ(wish.option(), "--map-by");
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
