// SPDX-License-Identifier: Apache-2.0
#include "core/exec_limits.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

constexpr ExecLimits kLimits{.variable = 1000, .all = 40000};

TEST(ExecLimitsTest, AVariableCountsWithItsNameAndItsEnd) {
  EXPECT_TRUE(check_variables({{"AB", std::string(996, 'x')}}, kLimits));
  EXPECT_EQ(check_variables({{"AB", std::string(997, 'x')}}, kLimits).error().text(),
            "variable AB has 1001 bytes, and no program can be started with one of more than 1000: "
            "ship its value as a file");
}

TEST(ExecLimitsTest, AllTogetherLeaveRoomForArguments) {
  NamedValues many;
  for (int i = 0; i < 7; ++i) many.emplace_back("V" + std::to_string(i), std::string(900, 'x'));
  EXPECT_TRUE(check_environment(many, kLimits));
  many.emplace_back("LARGE", std::string(990, 'x'));
  EXPECT_EQ(check_environment(many, kLimits).error().text(),
            "the environment has 7389 bytes, 997 of them in LARGE, and no program can be started "
            "with more than 7232 (a quarter of ulimit -s): ship values as files");
  EXPECT_TRUE(check_environment({}, kLimits));
}

TEST(ExecLimitsTest, TheKernelsLimitsAreKnown) {
  EXPECT_GE(ExecLimits::here().variable, size_t{131072});
  EXPECT_GE(ExecLimits::here().all, size_t{131072});
}

}  // namespace
}  // namespace skyrun
