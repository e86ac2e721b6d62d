// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/redact.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const Secrets kSecrets{{"A", Secret("abc")}, {"B", Secret("abcd")}, {"C", Secret("")}};

TEST(RedactTest, EveryValueIsReplacedTheLongerFirst) {
  EXPECT_EQ(redacted("abc/abcd/xabcdc", kSecrets), "<redacted>/<redacted>/x<redacted>c");
  EXPECT_EQ(redacted("ab/", kSecrets), "ab/");
  EXPECT_EQ(redacted("", kSecrets), "");
  EXPECT_EQ(redacted("abc", Secrets{}), "abc");
}

TEST(RedactTest, ThatIsSoInKeysAndItemsAtAnyDepth) {
  Value inner = dict_value();
  inner.set("abc", text_value("1abc"));
  Value list;
  list.kind = Value::Kind::list;
  list.items = {inner};
  const Value out = redacted(list, kSecrets);
  EXPECT_EQ(out.items[0].keys[0].text, "<redacted>");
  EXPECT_EQ(out.items[0].items[0].text, "1<redacted>");
}

}  // namespace
}  // namespace skyrun
