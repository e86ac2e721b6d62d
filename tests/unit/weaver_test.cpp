// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/weaver.h"

#include <gtest/gtest.h>

#include "core/line_assembler.h"

namespace skyrun {
namespace {

const Origin kA{Origin::Kind::single_setup, "", 0, 1, ""};
const Origin kB{Origin::Kind::single_setup, "", 0, 2, ""};
constexpr Look kPlain{};
constexpr Look kTerminal{.terminal = true};

TEST(WeaverTest, EveryLineHasItsPrefixAndItsBytes) {
  Weaver weaver(kPlain);
  EXPECT_EQ(weaver.output(kA, "one\n\n\x1b[1mtwo\x1b[0m\n"),
            "(setup pid=1) one\n(setup pid=1) \n(setup pid=1) \x1b[1mtwo\x1b[0m\n");
  EXPECT_EQ(Weaver({.coloured = true}).output(kA, "x\n"), "\x1b[36m(setup pid=1)\x1b[0m x\n");
}

TEST(WeaverTest, AnOpenLineGoesOnWithoutANewPrefix) {
  Weaver weaver(kPlain);
  EXPECT_EQ(weaver.output(kA, "a"), "(setup pid=1) a");
  EXPECT_EQ(weaver.output(kA, "b"), "b");
  EXPECT_EQ(weaver.output(kA, "\nc\n"), "\n(setup pid=1) c\n");
}

TEST(WeaverTest, AnotherRankNeverWritesIntoAnOpenLine) {
  Weaver weaver(kPlain);
  weaver.output(kA, "half");
  EXPECT_EQ(weaver.output(kB, "b\n"), "\n(setup pid=2) b\n");
  EXPECT_EQ(weaver.output(kA, " line\n"), "(setup pid=1)  line\n");
}

TEST(WeaverTest, OurMessagesStandOnLinesOfTheirOwn) {
  Weaver weaver(kPlain);
  weaver.output(kA, "half");
  EXPECT_EQ(weaver.message("stopping"), "\nstopping\n");
  EXPECT_EQ(weaver.message("two\nlines\n"), "two\nlines\n");
}

TEST(WeaverTest, TheEndOfALineThatWeEndedIsNoEmptyLine) {
  Weaver weaver(kPlain);
  weaver.output(kA, "half");
  weaver.message("notice");
  EXPECT_EQ(weaver.output(kA, "\n"), "");
  EXPECT_EQ(weaver.output(kA, "\n"), "(setup pid=1) \n");  // this one is the rank's own
}

TEST(WeaverTest, FramesOnAPipeKeepTheirReturns) {
  Weaver weaver(kPlain);
  EXPECT_EQ(weaver.output(kA, "10%\r20%\r"), "(setup pid=1) 10%\r(setup pid=1) 20%\r");
  EXPECT_EQ(weaver.output(kB, "b\n"), "\n(setup pid=2) b\n");
}

TEST(WeaverTest, FramesOnATerminalClearTheLineFirst) {
  Weaver weaver(kTerminal);
  EXPECT_EQ(weaver.output(kA, "10%\r"), "(setup pid=1) 10%");
  EXPECT_EQ(weaver.output(kA, "20%\r"), "\r\x1b[K(setup pid=1) 20%");
  EXPECT_EQ(weaver.output(kA, "\n"), "\n");
  EXPECT_EQ(weaver.output(kA, "30%\r"), "(setup pid=1) 30%");
  EXPECT_EQ(weaver.output(kB, "b\n"), "\n(setup pid=2) b\n");
  EXPECT_EQ(weaver.output(kA, "40%\r"), "(setup pid=1) 40%");
}

TEST(WeaverTest, AProgressBarThatIsFlushedWhenIdleIsOneLine) {
  LineAssembler lines;
  Weaver plain(kPlain);
  Weaver terminal(kTerminal);
  std::string on_plain;
  std::string on_terminal;
  const auto pass = [&](const std::string& pieces) {
    on_plain += plain.output(kA, pieces);
    on_terminal += terminal.output(kA, pieces);
  };
  for (const char* frame : {"\r 50%", "\r 60%"}) {
    pass(lines.push(frame));
    pass(lines.flush_frame());
  }
  pass(lines.push("\n"));
  EXPECT_EQ(on_plain, "(setup pid=1)  50%\r(setup pid=1)  60%\n");
  EXPECT_EQ(on_terminal, "(setup pid=1)  50%\r\x1b[K(setup pid=1)  60%\n");
}

TEST(WeaverTest, OfEachRankOneHalfLineIsRemembered) {
  Weaver weaver(kPlain);
  Origin origin{.kind = Origin::Kind::rank, .name = "head"};
  for (origin.pid = 1; origin.pid <= 3; ++origin.pid) weaver.output(origin, "half");
  weaver.close();
  origin.pid = 1;  // long forgotten, or a node that makes its process ids up would fill us
  EXPECT_EQ(weaver.output(origin, "\n"), "(head, rank=0, pid=1) \n");
  origin.pid = 3;
  EXPECT_EQ(weaver.output(origin, "\n"), "");
}

TEST(WeaverTest, ClosingEndsOnlyAnOpenLine) {
  Weaver weaver(kPlain);
  EXPECT_EQ(weaver.close(), "");
  weaver.output(kA, "no newline");
  EXPECT_EQ(weaver.close(), "\n");
  EXPECT_EQ(weaver.close(), "");
}

}  // namespace
}  // namespace skyrun
