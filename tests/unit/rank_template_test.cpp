// SPDX-License-Identifier: Apache-2.0
#include "protocol/rank_template.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const RankFacts kFacts{.rank = 5,
                       .size = 8,
                       .local_rank = 1,
                       .local_size = 4,
                       .node = 1,
                       .nodes = 2,
                       .node_ips = "10.0.0.1\n10.0.0.2"};

TEST(RankTemplateTest, WhatDiffersIsFilledIn) {
  EXPECT_EQ(*fill_in("%{rank}/%{size} %{local_rank}/%{local_size} %{node}/%{nodes}", kFacts),
            "5/8 1/4 1/2");
  EXPECT_EQ(*fill_in("%{node_ips}", kFacts), "10.0.0.1\n10.0.0.2");
  EXPECT_EQ(*fill_in("", kFacts), "");
  const Variables all{{"SKYRUN_RANK", "%{rank}"}, {"OMP_PLACES", "cores"}};
  EXPECT_EQ(*fill_in(all, kFacts), (Variables{{"SKYRUN_RANK", "5"}, {"OMP_PLACES", "cores"}}));
}

TEST(RankTemplateTest, TextOfAPersonIsKept) {
  for (const char* text : {"100%", "%{rank}", "%%", "a%b%", "}{%", ""})
    EXPECT_EQ(*fill_in(as_template(text), kFacts), text);
}

TEST(RankTemplateTest, AnotherWordIsAnError) {
  EXPECT_EQ(fill_in("a%{ranks}b", kFacts).error().text(), "%{ranks: nothing to fill in there");
  EXPECT_FALSE(fill_in("100%", kFacts));
  EXPECT_FALSE(fill_in("%{rank", kFacts));
  EXPECT_FALSE(fill_in("%rank}", kFacts));
  EXPECT_EQ(fill_in(Variables{{"A", "%"}}, kFacts).error().text(),
            "A: %: nothing to fill in there");
}

}  // namespace
}  // namespace skyrun
