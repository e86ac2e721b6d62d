// SPDX-License-Identifier: Apache-2.0
#include "launcher/presentable.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(PresentableTest, NoAddressShowsHowToLogIn) {
  EXPECT_EQ(presentable("cannot get ftp://u:p@h/a or 'HTTPS://tok@h?x'; http://:p@h"),
            "cannot get ftp://***@h/a or 'HTTPS://***@h?x'; http://***@h");
  EXPECT_EQ(presentable("ssh://git@h/a and git+ssh://git:p@h"),
            "ssh://git@h/a and git+ssh://***@h");
  for (const char* text : {"https://h/a@b", "a@b:c", "://", "x://", "", "file:///a"})
    EXPECT_EQ(presentable(text), text);
}

TEST(PresentableTest, NamesOfFilesDriveNoTerminal) {
  EXPECT_EQ(presentable("a\x1b[2Jb\x07\r\n\tc"), "a?[2Jb??\n\tc");
}

}  // namespace
}  // namespace skyrun
