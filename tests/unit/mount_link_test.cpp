// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/mount_link.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/scratch_directory.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class MountLinkTest : public testing::Test {
 protected:
  MountLink link_to(const std::string& home, const std::string& path) const {
    const std::string target = home_.path() + '/' + home + "/.sky/file_mounts" + path;
    std::filesystem::create_directories(target);
    return {path, target};
  }

  TemporaryDirectory home_;
  TemporaryDirectory root_;
  ScratchDirectory scratch_ = *ScratchDirectory::make(home_.path() + "/run", "job");
  Staging staging_ = *Staging::open(scratch_.path());
};

TEST_F(MountLinkTest, IsMadeWithTheDirectoriesAboveIt) {
  const auto link = link_to("alice", root_.path() + "/data/deep");
  ASSERT_TRUE(link.make(staging_));
  EXPECT_EQ(std::filesystem::read_symlink(link.path), link.target);
  EXPECT_TRUE(link.make(staging_)) << "again";
}

TEST_F(MountLinkTest, PointsALinkOfTheSameMountInAnotherHomeToThisOne) {
  const auto first = link_to("node0", root_.path() + "/data");
  const auto second = link_to("node1", root_.path() + "/data");
  ASSERT_TRUE(first.make(staging_));
  ASSERT_TRUE(second.make(staging_));
  EXPECT_EQ(std::filesystem::read_symlink(second.path), second.target);
}

TEST_F(MountLinkTest, LeavesEverythingElseThatIsThere) {
  const auto link = link_to("alice", root_.path() + "/data");
  const std::string refusal = "!!! Failed mounting because path exists (" + link.path + ")";
  std::filesystem::create_directory(link.path);
  EXPECT_EQ(link.make(staging_).error().text(), refusal);
  std::filesystem::remove(link.path);
  root_.write("data", "file");
  EXPECT_EQ(link.make(staging_).error().text(), refusal);
  std::filesystem::remove(link.path);
  for (const auto& target : {home_.path(), std::string("/nowhere")}) {
    std::filesystem::create_symlink(target, link.path);
    EXPECT_EQ(link.make(staging_).error().text(), refusal);
    EXPECT_EQ(std::filesystem::read_symlink(link.path), target);
    std::filesystem::remove(link.path);
  }
}

TEST_F(MountLinkTest, LeavesALinkOfAnotherUsersMount) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const auto theirs = link_to("bob", root_.path() + "/data");
  ASSERT_TRUE(theirs.make(staging_));
  ASSERT_EQ(::chown(theirs.target.c_str(), 65534, 65534), 0);
  EXPECT_FALSE(link_to("alice", root_.path() + "/data").make(staging_));
  EXPECT_EQ(std::filesystem::read_symlink(theirs.path), theirs.target);
}

/// What cannot be looked at may be there.
TEST_F(MountLinkTest, BelowADirectoryThatCannotBeSearchedIsRefused) {
  std::filesystem::create_directories(root_.path() + "/closed/data");
  const auto link = link_to("alice", root_.path() + "/closed/data");
  const auto deep = link_to("alice", root_.path() + "/closed/new/data");
  std::filesystem::permissions(root_.path() + "/closed", std::filesystem::perms(0700));
  ASSERT_EQ(::chmod(root_.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod((root_.path() + "/closed").c_str(), 0000), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) ::_exit(9);
    for (const auto& each : {link, deep}) {
      const auto made = each.check();
      if (made ||
          made.error().text() != each.path + ": cannot see what is there: Permission denied")
        ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_EQ(::chmod((root_.path() + "/closed").c_str(), 0700), 0);
}

}  // namespace
}  // namespace skyrun
