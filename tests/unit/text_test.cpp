// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(PrintableTest, WhatCanBeReadStays) {
  for (const char* text : {"", "plain", "grün €", "\xf0\x9f\x9a\x80", "a\xc2\xa0z"})
    EXPECT_EQ(printable(text), text);
}

TEST(PrintableTest, ControlCharactersBecomeQuestionMarks) {
  EXPECT_EQ(printable("a\x1b[31mb\n\r\t\x7f"), "a?[31mb????");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a?b");
}

TEST(PrintableTest, SoDoThoseOfC1AsCharactersAndAsBytes) {
  EXPECT_EQ(printable("a\xc2\x9b"
                      "31m"),
            "a?31m");
  EXPECT_EQ(printable("a\xc2\x9d"
                      "0;title\xc2\x9c"),
            "a?0;title?");
  EXPECT_EQ(printable("a\x9b"
                      "31m"),
            "a?31m");
  EXPECT_EQ(printable("a\x9d"
                      "0;t"),
            "a?0;t");
}

TEST(PrintableTest, SoDoMarksThatTurnALineAround) {
  EXPECT_EQ(printable("a\xe2\x80\xae"
                      "b"),
            "a?b");  // right-to-left override
  EXPECT_EQ(printable("a\xe2\x80\xa8"
                      "b"),
            "a?b");  // line separator
  EXPECT_EQ(printable("a\xe2\x81\xa6"
                      "b"),
            "a?b");  // left-to-right isolate
}

TEST(PrintableTest, SoDoBytesThatAreNoText) {
  EXPECT_EQ(printable("caf\xe9"), "caf?");
  EXPECT_EQ(printable("\xff\xfe"), "??");
}

TEST(PrintableTest, OfSeveralLinesTheEndsAndTabsStay) {
  EXPECT_EQ(printable_lines("a\n\tb\r\x1b"
                            "c\n"),
            "a\n\tb??c\n");
}

}  // namespace
}  // namespace skyrun
