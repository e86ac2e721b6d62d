// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace skyrun {
namespace {

TEST(ErrorTest, ContextIsAddedInFront) {
  EXPECT_EQ(Error("line 3: no host").within("hostfile").text(), "hostfile: line 3: no host");
}

TEST(ErrorTest, ErrnoIsSaidInWords) {
  EXPECT_EQ(errno_error("open /x", ENOENT).text(), "open /x: No such file or directory");
}

}  // namespace
}  // namespace skyrun
