// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/source_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class SourceTreeTest : public testing::Test {
 protected:
  SourceTreeTest() {
    directory_.write("tree/deep/file", "mine");
    directory_.write("secret/file", "not mine");
  }

  bool opens(const std::string& relative, int flags = O_RDONLY) const {
    return static_cast<bool>(tree_.open_below(relative, flags));
  }

  TemporaryDirectory directory_;
  SourceTree tree_ = *SourceTree::open((
      std::filesystem::create_directory(directory_.path() + "/tree"), directory_.path() + "/tree"));
};

TEST_F(SourceTreeTest, WhatIsBelowIsOpened) {
  EXPECT_TRUE(opens("deep/file"));
  EXPECT_TRUE(opens("deep", O_RDONLY | O_DIRECTORY));
  EXPECT_TRUE(opens("", O_RDONLY | O_DIRECTORY));
  EXPECT_FALSE(opens("absent"));
}

TEST_F(SourceTreeTest, LinksThatAreSwappedInLeadNowhere) {
  const std::string deep = directory_.path() + "/tree/deep";
  std::filesystem::remove_all(deep);
  for (const std::string& target : {directory_.path() + "/secret", std::string("../secret")}) {
    std::filesystem::create_symlink(target, deep);
    EXPECT_FALSE(opens("deep/file"));
    EXPECT_FALSE(opens("deep", O_RDONLY | O_DIRECTORY));
    EXPECT_FALSE(opens("deep/file", O_PATH | O_NOFOLLOW));
    EXPECT_TRUE(opens("deep", O_PATH | O_NOFOLLOW)) << "the link itself is sent as one";
    std::filesystem::remove(deep);
  }
  EXPECT_FALSE(opens("../secret/file"));
}

TEST_F(SourceTreeTest, TheSourceStaysTheOneThatWasOpened) {
  std::filesystem::rename(directory_.path() + "/tree", directory_.path() + "/moved");
  std::filesystem::create_symlink("secret", directory_.path() + "/tree");
  EXPECT_TRUE(opens("deep/file"));
  EXPECT_FALSE(opens("file"));
}

}  // namespace
}  // namespace skyrun
