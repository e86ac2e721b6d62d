// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/dotenv.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace skyrun {
namespace {

/// Not a measure of speed: a quadratic reader would need minutes.
TEST(DotenvTest, ManyLinesAreReadInTheirOrderAndByTheirName) {
  constexpr int kLines = 60000;
  std::string text;
  for (int i = 0; i < kLines; ++i)
    text += "V" + std::to_string(i) + "=${V" + std::to_string(i / 2) + ":-x}\n";
  text += "V7=again\nbad line here = \n";
  const Dotenv dotenv = parse_dotenv(text, nullptr);
  ASSERT_EQ(dotenv.values.size(), size_t{kLines});
  EXPECT_EQ(dotenv.values[7], (std::pair<std::string, std::optional<std::string>>("V7", "again")));
  EXPECT_EQ(dotenv.values[kLines - 1].second, "x");
  EXPECT_EQ(dotenv.bad_lines, std::vector<int>{kLines + 2});
}

TEST(DotenvTest, ValuesThatGrowOutOfBoundsEndTheReading) {
  std::string text = "A0=x\n";
  for (int i = 1; i <= 40; ++i) {
    text += fmt::format("A{0}=${{A{1}}}${{A{1}}}\n", i, i - 1);
  }
  const Dotenv dotenv = parse_dotenv(text, nullptr);
  EXPECT_EQ(dotenv.too_long, 22);
  EXPECT_EQ(dotenv.values.back().first, "A20");
}

}  // namespace
}  // namespace skyrun
