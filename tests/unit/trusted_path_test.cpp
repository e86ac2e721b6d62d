// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/trusted_path.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

constexpr uid_t kSomebody = 65534;

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

TEST(TrustedPathTest, MakesWhatIsMissing) {
  const TemporaryDirectory tmp;
  EXPECT_TRUE(open_or_make_directory(tmp.path() + "/a/b/c"));
  EXPECT_TRUE(is_directory(tmp.path() + "/a/b/c"));
}

TEST(TrustedPathTest, OwnLinksAreFollowed) {
  const TemporaryDirectory tmp;
  std::filesystem::create_directories(tmp.path() + "/disk/deep");
  std::filesystem::create_symlink("disk/deep/..", tmp.path() + "/link");
  std::filesystem::create_symlink(tmp.path() + "/link", tmp.path() + "/absolute");
  EXPECT_TRUE(open_or_make_directory(tmp.path() + "/absolute/new"));
  EXPECT_TRUE(is_directory(tmp.path() + "/disk/new"));
  std::filesystem::create_symlink("loop", tmp.path() + "/loop");
  const auto looped = open_or_make_directory(tmp.path() + "/loop/x");
  ASSERT_FALSE(looped);
  EXPECT_NE(looped.error().text().find("Too many levels of symbolic links"), std::string::npos);
}

TEST(TrustedPathTest, AFileOnTheWayIsAnError) {
  const TemporaryDirectory tmp;
  const auto file = tmp.write("file", "");
  const auto opened = open_or_make_directory(file + "/x");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().text(), file + "/x: Not a directory");
}

TEST(TrustedPathTest, LinksThatSomebodyElseLaidAreNot) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a link away";
  const TemporaryDirectory tmp;
  std::filesystem::create_directory(tmp.path() + "/victim");
  std::filesystem::create_directory(tmp.path() + "/open");
  ::chmod((tmp.path() + "/open").c_str(), 01777);
  std::filesystem::create_directory(tmp.path() + "/theirs");
  ASSERT_EQ(::chown((tmp.path() + "/theirs").c_str(), kSomebody, kSomebody), 0);
  for (const std::string where : {"/open/x", "/theirs/x"}) {
    const std::string link = tmp.path() + where;
    std::filesystem::create_symlink(tmp.path() + "/victim", link);
    EXPECT_TRUE(where == "/theirs/x" || open_or_make_directory(link)) << "ours is followed";
    ASSERT_EQ(::lchown(link.c_str(), kSomebody, kSomebody), 0);
    const auto opened = open_or_make_directory(link + "/new");
    ASSERT_FALSE(opened) << where;
    EXPECT_EQ(opened.error().text(), link +
                                         "/new: 'x' is a link that another user has laid there; "
                                         "remove it, or choose another place");
  }
  EXPECT_FALSE(is_directory(tmp.path() + "/victim/new"));
}

TEST(TrustedPathTest, LinksOfAnyOwnerInDirectoriesThatOnlyRootMayWriteAreFollowed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a link away";
  const TemporaryDirectory tmp;
  std::filesystem::create_symlink(tmp.path(), tmp.path() + "/link");
  ASSERT_EQ(::lchown((tmp.path() + "/link").c_str(), kSomebody, kSomebody), 0);
  EXPECT_TRUE(open_or_make_directory(tmp.path() + "/link/new"));
}

}  // namespace
}  // namespace skyrun
