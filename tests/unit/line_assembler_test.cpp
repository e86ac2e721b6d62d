// SPDX-License-Identifier: Apache-2.0
#include "core/line_assembler.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/shell_noise.h"

namespace skyrun {
namespace {

/// All that comes of a text pushed in blocks of `block` bytes.
std::string assembled(std::string_view text, size_t block) {
  LineAssembler lines;
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min(block, text.size()))) {
    out += lines.push(text.substr(0, block));
  }
  return out + lines.finish();
}

TEST(LineAssemblerTest, HalfALineWaitsForItsEnd) {
  LineAssembler lines;
  EXPECT_EQ(lines.push("one\ntw"), "one\n");
  EXPECT_EQ(lines.flush_frame(), "");
  EXPECT_EQ(lines.push("o\n\nthree\n"), "two\n\nthree\n");
  EXPECT_EQ(lines.finish(), "");
}

TEST(LineAssemblerTest, TheResultDoesNotDependOnWhereThePipeCuts) {
  const std::string text = "a\r\nb\r50%\r\r60%\r\n\n\xE2\x82\xAC\r\xF0\x9F\x98\x80!\xFF\n\rend";
  const std::string expected = "a\nb\r50%\r60%\n\n\xE2\x82\xAC\r\xF0\x9F\x98\x80!\uFFFD\nend";
  for (size_t block = 1; block <= text.size(); ++block) {
    EXPECT_EQ(assembled(text, block), expected) << "in blocks of " << block;
  }
}

TEST(LineAssemblerTest, ATrailingReturnIsHeldUntilItsMeaningIsKnown) {
  LineAssembler lines;
  EXPECT_EQ(lines.push("line\r"), "");
  EXPECT_EQ(lines.push("\n"), "line\n");
  EXPECT_EQ(lines.push("frame\r"), "");
  EXPECT_EQ(lines.push("next"), "frame\r");
}

TEST(LineAssemblerTest, AHeldReturnIsGivenOutWhenIdle) {
  LineAssembler lines;
  lines.push("10%\r");
  EXPECT_TRUE(lines.holds_frame());
  EXPECT_EQ(lines.flush_frame(), "10%\r");
  EXPECT_FALSE(lines.holds_frame());
  EXPECT_EQ(lines.push("20%\r\n"), "20%\n");
}

TEST(LineAssemblerTest, AProgressFrameWithoutItsEndIsGivenOutWhenIdle) {
  LineAssembler lines;
  EXPECT_EQ(lines.push("\r 50%"), "");
  EXPECT_EQ(lines.flush_frame(), " 50%");
  EXPECT_EQ(lines.flush_frame(), "");
  EXPECT_EQ(lines.push("\r 60%"), "\r");  // ends what was given out
  EXPECT_EQ(lines.push("\r\n"), " 60%\n");
}

TEST(LineAssemblerTest, AfterALineHasEndedAHalfLineIsNoFrameAnyMore) {
  LineAssembler lines;
  lines.push("\r100%\nplain");
  EXPECT_FALSE(lines.holds_frame());
  EXPECT_EQ(lines.flush_frame(), "");
}

TEST(LineAssemblerTest, AnIdleFlushKeepsACutCharacterBack) {
  LineAssembler lines;
  lines.push("\r5\xE2\x82");
  EXPECT_EQ(lines.flush_frame(), "5");
  EXPECT_EQ(lines.push("\xAC\n"), "\xE2\x82\xAC\n");
}

TEST(LineAssemblerTest, ALineUpToTheLimitStaysWhole) {
  LineAssembler lines;
  const std::string line(LineAssembler::kMaxLine, 'x');
  EXPECT_EQ(lines.push(line), "");
  EXPECT_EQ(lines.push("\n"), line + "\n");
}

TEST(LineAssemblerTest, AnEndlessLineComesInPartsAndLosesNothing) {
  LineAssembler lines;
  const std::string block(100'000, 'x');
  std::string out;
  for (int i = 0; i < 50; ++i) {
    out += lines.push(block);
    EXPECT_GE(out.size() + LineAssembler::kMaxLine, (i + 1) * block.size());
  }
  out += lines.push("\r\n");
  EXPECT_EQ(out, std::string(50 * block.size(), 'x') + "\n");
}

TEST(LineAssemblerTest, APartOfAnEndlessLineNeverEndsWithinACharacter) {
  LineAssembler lines;
  std::string text(LineAssembler::kMaxLine - 1, 'x');
  text += "\xE2\x82\xAC";
  EXPECT_EQ(lines.push(text), std::string(LineAssembler::kMaxLine - 1, 'x'));
  EXPECT_EQ(lines.push("\n"), "\xE2\x82\xAC\n");
}

TEST(LineAssemblerTest, TheEndOfFileGivesTheRestAsItIs) {
  EXPECT_EQ(assembled("no newline", 3), "no newline");
  EXPECT_EQ(assembled("\r 50%", 3), " 50%");
  EXPECT_EQ(assembled("50%\r", 3), "50%\r");
  EXPECT_EQ(assembled("cut \xE2\x82", 3), "cut \uFFFD");
}

TEST(ShellNoiseTest, OfRawBytesOnlyTheBeginningIsRead) {
  const std::string noise =
      "bash: cannot set terminal process group (-1): Inappropriate ioctl for device\n"
      "bash: no job control in this shell\n";
  const std::string rest = "bash: x\n\xff\r" + noise + "half";
  for (size_t cut = 0; cut < noise.size() + 10; ++cut) {
    NoiseAtStart start;
    const std::string all = noise + rest;
    std::string kept = start.take_off(all.substr(0, cut));
    kept += start.take_off(all.substr(cut));
    kept += start.finish();
    EXPECT_EQ(kept, rest) << cut;
  }
  NoiseAtStart start;
  EXPECT_EQ(start.take_off("10%"), "10%");  // not held back
  EXPECT_EQ(NoiseAtStart().take_off("bash: "), "");
}

TEST(ShellNoiseTest, OnlyTheTwoComplaintsOfBashAreDropped) {
  EXPECT_EQ(without_shell_noise("bash: cannot set terminal process group (-1): Inappropriate ioctl "
                                "for device\nbash: no job control in this shell\nhello\n"),
            "hello\n");
  EXPECT_EQ(without_shell_noise("a\r/bin/bash: no job control in this shell\nb"), "a\rb");
  EXPECT_EQ(without_shell_noise("bash: foo: command not found\n"),
            "bash: foo: command not found\n");
}

}  // namespace
}  // namespace skyrun
