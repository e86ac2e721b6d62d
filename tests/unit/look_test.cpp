// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/look.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/terminal.h"

namespace skyrun {
namespace {

Look::Environment environment(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) -> std::string_view {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view() : found->second;
  };
}

class LookTest : public testing::Test {
 protected:
  Look on_terminal(std::map<std::string, std::string> values) {
    return Look::of(pty_.second.get(), environment(std::move(values)));
  }

  FdPair pty_ = make_raw_pty(80);
};

TEST_F(LookTest, ATerminalHasAStatusLineAndColours) {
  EXPECT_EQ(on_terminal({{"TERM", "xterm"}}), (Look{.terminal = true, .coloured = true}));
}

TEST_F(LookTest, APipeHasNeither) {
  auto pipe = make_pipe().value();
  EXPECT_EQ(Look::of(pipe.second.get(), environment({{"TERM", "xterm"}})), Look{});
}

TEST_F(LookTest, WhereNobodyLooksATerminalIsAPipe) {
  EXPECT_EQ(on_terminal({{"TERM", "dumb"}}), Look{});
  EXPECT_EQ(on_terminal({{"CI", "true"}}), Look{});
  EXPECT_EQ(on_terminal({{"CI", "1"}}), Look{});
  EXPECT_TRUE(on_terminal({{"CI", "false"}}).terminal);
}

TEST_F(LookTest, NoColorTakesTheColoursAway) {
  EXPECT_EQ(on_terminal({{"NO_COLOR", "1"}}), (Look{.terminal = true}));
  EXPECT_TRUE(on_terminal({{"NO_COLOR", ""}}).coloured);  // as no-color.org has it
}

TEST_F(LookTest, TheFirstVariableOfTheLocaleDecides) {
  EXPECT_TRUE(on_terminal({{"LC_ALL", "C"}, {"LANG", "en_US.UTF-8"}}).ascii);
  EXPECT_TRUE(on_terminal({{"LANG", "POSIX"}}).ascii);
  EXPECT_FALSE(on_terminal({{"LC_CTYPE", "C.UTF-8"}, {"LANG", "C"}}).ascii);
  EXPECT_FALSE(on_terminal({}).ascii);
}

TEST(InAsciiTest, OurSignsHaveStandInsAndTheRestIsAQuestionMark) {
  EXPECT_EQ(in_ascii("⚙︎ Job"), "* Job");
  EXPECT_EQ(in_ascii("├── a\n└── b"), "|-- a\n`-- b");
  EXPECT_EQ(in_ascii("✓ ✗ …"), "+ x ...");
  EXPECT_EQ(in_ascii("h\u00e9 \xff"), "h? ?");
}

}  // namespace
}  // namespace skyrun
