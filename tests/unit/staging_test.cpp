// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/staging.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/scratch_directory.h"
#include "node_daemon/files/subtree.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class StagingTest : public testing::Test {
 protected:
  Result<void> put_file(const std::string& root, const std::string& name, std::string_view text,
                        bool commit = true) {
    auto tree = Subtree::open(root, staging_);
    if (!tree) return tl::unexpected(std::move(tree.error()));
    auto file = tree->create_file(name);
    if (!file) return tl::unexpected(std::move(file.error()));
    if (auto written = file->write_at(0, text); !written) return written;
    seen_ = names_in(root);
    if (!commit) return {};
    return file->commit(static_cast<off_t>(text.size()), {.mode = 0640, .mtime = {1, 0}});
  }

  static std::vector<std::string> names_in(const std::string& directory) {
    std::vector<std::string> names;
    for (const auto& each : std::filesystem::directory_iterator(directory))
      names.push_back(each.path().filename().native());
    std::sort(names.begin(), names.end());
    return names;
  }

  TemporaryDirectory home_;
  ScratchDirectory scratch_ = *ScratchDirectory::make(home_.path() + "/run", "job");
  Staging staging_ = *Staging::open(scratch_.path());
  std::vector<std::string> seen_;  ///< in the root, while the file was written
};

using Names = std::vector<std::string>;

TEST_F(StagingTest, AFileHasNoNameUntilItIsWhole) {
  const std::string root = home_.path() + "/workdir";
  ASSERT_TRUE(put_file(root, "new", "one"));
  EXPECT_EQ(seen_, Names{});
  ASSERT_TRUE(put_file(root, "new", "two"));
  EXPECT_EQ(seen_, Names{"new"});
  EXPECT_EQ(home_.read("workdir/new"), "two");
  EXPECT_EQ(names_in(root), Names{"new"});
  EXPECT_EQ(names_in(scratch_.path()), Names{"lock"});
}

TEST_F(StagingTest, AFileThatIsGivenUpLeavesWhatStoodThere) {
  home_.write("workdir/old", "old");
  ASSERT_TRUE(put_file(home_.path() + "/workdir", "old", "new", false));
  EXPECT_EQ(home_.read("workdir/old"), "old");
  EXPECT_EQ(names_in(home_.path() + "/workdir"), Names{"old"});
}

TEST_F(StagingTest, OnAnotherFileSystemNothingIsLeftEither) {
  std::string other = "/dev/shm/skyrun-test-XXXXXX";
  struct stat here {};
  struct stat there {};
  if (::mkdtemp(other.data()) == nullptr) GTEST_SKIP() << "no /dev/shm";
  ASSERT_EQ(::stat(home_.path().c_str(), &here), 0);
  ASSERT_EQ(::stat(other.c_str(), &there), 0);
  if (here.st_dev != there.st_dev) {
    ASSERT_TRUE(put_file(other, "file", "one"));
    ASSERT_TRUE(put_file(other, "file", "two"));
    EXPECT_EQ(seen_, Names{"file"});
    auto tree = Subtree::open(other, staging_);
    for (const char* target : {"a", "b"}) EXPECT_TRUE(tree->make_link("link", target, {1, 0}));
    EXPECT_EQ(std::filesystem::read_symlink(other + "/link"), "b");
    EXPECT_EQ(names_in(other), (Names{"file", "link"}));
    EXPECT_EQ(names_in(scratch_.path()), Names{"lock"});
  }
  std::filesystem::remove_all(other);
}

TEST_F(StagingTest, WhatNeedsANameBesideItsPlaceIsToldOfUntilItIsThere) {
  const std::string root = home_.path() + "/workdir";
  std::filesystem::create_directory(root);
  const Fd fd = *open_file(root, O_PATH | O_DIRECTORY);
  const Spot spot{fd.get(), root, "file"};
  const std::string name = staging_.begin_beside(spot);
  home_.write("workdir/" + name, "whole");
  EXPECT_EQ(std::filesystem::read_symlink(scratch_.path() + "/" + name), root + "/" + name);
  ASSERT_EQ(staging_.commit_beside(spot, name), 0);
  EXPECT_EQ(names_in(root), Names{"file"});
  EXPECT_EQ(names_in(scratch_.path()), Names{"lock"});
}

TEST_F(StagingTest, LinksAndFilesTakeThePlaceOfEachOther) {
  const std::string root = home_.path() + "/workdir";
  auto tree = Subtree::open(root, staging_);
  ASSERT_TRUE(tree->make_link("x", "nowhere", {1, 0}));
  ASSERT_TRUE(put_file(root, "x", "file"));
  EXPECT_EQ(home_.read("workdir/x"), "file");
  ASSERT_TRUE(tree->make_link("x", "elsewhere", {1, 0}));
  EXPECT_EQ(std::filesystem::read_symlink(root + "/x"), "elsewhere");
  std::filesystem::create_directory(root + "/empty");
  ASSERT_TRUE(put_file(root, "empty", "file"));
  EXPECT_EQ(home_.read("workdir/empty"), "file");
}

}  // namespace
}  // namespace skyrun
