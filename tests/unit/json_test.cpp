// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/json.h"

#include <gtest/gtest.h>

#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

std::string line_of(const std::string& yaml) {
  return to_json_line((*parse_yaml(yaml, "t"))[0]);
}

TEST(JsonTest, EveryKindHasItsForm) {
  EXPECT_EQ(line_of("[~, yes, off, 017, 1_000, 1.5, 1.0e-6, 1e6, x, 2024-01-01]"),
            R"([null, true, false, 15, 1000, 1.5, 1e-06, "1e6", "x", "2024-01-01"])");
  EXPECT_EQ(line_of("{a: {}, b: [], 1: [2, {c: d}]}"),
            R"({"a": {}, "b": [], "1": [2, {"c": "d"}]})");
}

TEST(JsonTest, NumbersThatJsonHasNotAreTexts) {
  EXPECT_EQ(line_of("[.inf, -.inf, .nan]"), R"(["inf", "-inf", "nan"])");
}

TEST(JsonTest, AnyBytesMakeAValidText) {
  EXPECT_EQ(to_json_line(text_value(std::string("\0\"\\\n\x7F\xC3\xA9\xF0\x9F\x98\x80\xFF", 12))),
            "\"\\u0000\\\"\\\\\\n\\u007f\\u00e9\\ud83d\\ude00\\ufffd\"");
}

TEST(JsonTest, ADocumentIsIndentedAndEndsItsLine) {
  EXPECT_EQ(to_json((*parse_yaml("{a: [1, {b: x}], c: {}, d: []}", "t"))[0]), R"({
  "a": [
    1,
    {
      "b": "x"
    }
  ],
  "c": {},
  "d": []
}
)");
}

}  // namespace
}  // namespace skyrun
