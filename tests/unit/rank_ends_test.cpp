// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/rank_ends.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

RankEnd end_of(uint32_t rank, int code, bool stopped = false) {
  return {
      .first = LocalRank{rank}, .pid = 100 + rank, .status = {.code = code}, .stopped = stopped};
}

TEST(RankEndsTest, EqualSuccessesAreSaidOnce) {
  RankEnds ends(4);
  for (const uint32_t rank : {2U, 0U, 3U}) EXPECT_FALSE(ends.add(end_of(rank, 0)));
  EXPECT_TRUE(ends.add(end_of(1, 0)));
  EXPECT_EQ(ends.left(), 0U);
  EXPECT_EQ(ends.take(), (std::vector<RankEnd>{{.count = 4}}));
}

TEST(RankEndsTest, AFailureIsSaidAtOnceWithItsPid) {
  RankEnds ends(4);
  EXPECT_FALSE(ends.add(end_of(0, 0)));
  EXPECT_TRUE(ends.add(end_of(2, 7)));
  EXPECT_EQ(ends.left(), 2U);
  EXPECT_EQ(ends.take(), (std::vector<RankEnd>{end_of(0, 0), end_of(2, 7)}));
  EXPECT_FALSE(ends.add(end_of(1, 143, true)));
  EXPECT_TRUE(ends.add(end_of(3, 143, true)));
  EXPECT_EQ(ends.take(), (std::vector<RankEnd>{end_of(1, 143, true), end_of(3, 143, true)}));
}

TEST(RankEndsTest, WhyTheyWereNotStartedIsKeptApart) {
  RankEnds ends(3);
  RankEnd missing{.first = LocalRank{0}, .status = {.code = 127}, .error = "x: no such file"};
  EXPECT_TRUE(ends.add(missing));
  EXPECT_EQ(ends.take().size(), 1U);
  missing.first = LocalRank{1};
  ends.add(missing);
  missing = {.first = LocalRank{2}, .status = {.code = 127}, .error = "y: no such file"};
  ends.add(missing);
  EXPECT_EQ(ends.take().size(), 2U);
}

}  // namespace
}  // namespace skyrun
