// SPDX-License-Identifier: Apache-2.0
#include "topology/cpu_set.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

CpuSet cpus(const char* text) {
  return CpuSet::parse(text).value();
}

TEST(CpuSetTest, TextIsTheKernelsListFormat) {
  for (const char* text : {"", "0", "0-3,8", "63-64,127,200-300"}) {
    EXPECT_EQ(cpus(text).text(), text);
  }
  EXPECT_EQ(cpus("3,1,2,0").text(), "0-3");
}

TEST(CpuSetTest, RefusesWhatIsNoList) {
  for (const char* text : {"x", "1-", "-1", "3-1", "1,,2", "1 2", "65536", "0-65536", "1e3"}) {
    const auto set = CpuSet::parse(text);
    ASSERT_FALSE(set) << text;
    EXPECT_NE(set.error().text().find("is no list of CPUs such as 0-3,8"), std::string::npos);
  }
}

TEST(CpuSetTest, SetsAreEqualHoweverTheyWereMade) {
  CpuSet set = cpus("0-3,100");
  set.remove(100);
  EXPECT_EQ(set, CpuSet::range(0, 3));
  EXPECT_EQ(cpus("0-3,100") - cpus("100"), set);
  EXPECT_EQ(cpus("0-3,100") & cpus("0-63"), set);
  EXPECT_TRUE((set - set).empty());
}

TEST(CpuSetTest, WalksItsMembers) {
  const CpuSet set = cpus("5,63-65,130");
  EXPECT_EQ(set.list(), (std::vector<uint32_t>{5, 63, 64, 65, 130}));
  EXPECT_EQ(set.first(), 5U);
  EXPECT_EQ(set.next(65), 130U);
  EXPECT_EQ(set.next(130), CpuSet::kMaxCpus);
  EXPECT_EQ(set.count(), 5U);
  EXPECT_EQ(CpuSet().first(), CpuSet::kMaxCpus);
}

TEST(CpuSetTest, KnowsWhatItSharesWithAnother) {
  EXPECT_TRUE(cpus("1,200").intersects(cpus("200")));
  EXPECT_FALSE(cpus("1,200").intersects(cpus("2,199")));
  EXPECT_TRUE(cpus("70").is_within(cpus("64-127")));
  EXPECT_FALSE(cpus("70,128").is_within(cpus("64-127")));
  EXPECT_EQ((cpus("1") | cpus("99")).text(), "1,99");
}

}  // namespace
}  // namespace skyrun
