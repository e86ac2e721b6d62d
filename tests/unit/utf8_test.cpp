// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.h"

#include <gtest/gtest.h>

#include "core/text.h"

namespace skyrun {
namespace {

TEST(Utf8Test, WellFormedTextIsUnchanged) {
  for (const char* text : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "a\x7F"}) {
    EXPECT_EQ(well_formed_utf8(text), text);
  }
}

// The right-hand sides are what Python's bytes.decode(errors='replace') gives.
TEST(Utf8Test, IllFormedBytesAreReplacedAsPythonDoes) {
  EXPECT_EQ(well_formed_utf8("a\xFF"
                             "b"),
            "a\uFFFDb");
  EXPECT_EQ(well_formed_utf8("\x80\x80"), "\uFFFD\uFFFD");
  EXPECT_EQ(well_formed_utf8("\xE2\x82"
                             "x"),
            "\uFFFDx");                                               // cut short: one
  EXPECT_EQ(well_formed_utf8("\xF0\x9F\x98"), "\uFFFD");              // at the end: one
  EXPECT_EQ(well_formed_utf8("\xC0\xAF"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(well_formed_utf8("\xE0\x9F\xBF"), "\uFFFD\uFFFD\uFFFD");  // overlong
  EXPECT_EQ(well_formed_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(well_formed_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Utf8Test, AnUnfinishedCharacterAtTheEndIsMeasured) {
  EXPECT_EQ(unfinished_tail(""), 0U);
  EXPECT_EQ(unfinished_tail("abc"), 0U);
  EXPECT_EQ(unfinished_tail("a\xE2\x82\xAC"), 0U);
  EXPECT_EQ(unfinished_tail("a\xE2"), 1U);
  EXPECT_EQ(unfinished_tail("a\xE2\x82"), 2U);
  EXPECT_EQ(unfinished_tail("\xF0\x9F\x98"), 3U);
  EXPECT_EQ(unfinished_tail("a\xFF"), 0U);  // nothing can complete it
  EXPECT_EQ(unfinished_tail("\x80\x80\x80"), 0U);
}

TEST(Utf8Test, JsonQuotingIsAsciiOnly) {
  EXPECT_EQ(json_quote("\xC3\xA9 \xF0\x9F\x98\x80 \xED\xA0\x80"),
            R"("\u00e9 \ud83d\ude00 \ufffd\ufffd\ufffd")");
}

}  // namespace
}  // namespace skyrun
