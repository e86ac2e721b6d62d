// SPDX-License-Identifier: Apache-2.0
#include "core/scratch_directory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "core/fd.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

size_t entries(const std::string& path) {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(path), {}));
}

/// A process that makes a scratch directory, and `fill`s it, and is killed.
template <class Fill>
std::string left_by_a_killed_process(const std::string& root, Fill fill) {
  auto pipe = make_pipe();
  const pid_t pid = ::fork();
  if (pid == 0) {
    const auto scratch = ScratchDirectory::make(root, "job");
    if (!scratch) ::_exit(1);
    fill(scratch->path());
    (void)write_all(pipe->second.get(), scratch->path());
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(pid, nullptr, 0);
  std::string path(4096, '\0');
  path.resize(static_cast<size_t>(::read(pipe->first.get(), path.data(), path.size())));
  return path;
}

TEST(ScratchDirectoryTest, LivesAsLongAsItsObjectAndIsPrivate) {
  const TemporaryDirectory root;
  std::optional<ScratchDirectory> scratch(*ScratchDirectory::make(root.path() + "/run", "job"));
  const std::string path = scratch->path();
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
  sweep_scratch(root.path() + "/run");
  EXPECT_TRUE(exists(path)) << "a sweep leaves what a living process has";
  scratch.reset();
  EXPECT_FALSE(exists(path));
}

TEST(ScratchDirectoryTest, ASweepRemovesWhatAKilledProcessLeft) {
  const TemporaryDirectory root;
  const auto path = left_by_a_killed_process(root.path(), [](const std::string& scratch) {
    (void)open_file(scratch + "/run.sh", O_WRONLY | O_CREAT);
  });
  ASSERT_TRUE(exists(path + "/run.sh"));
  sweep_scratch(root.path());
  EXPECT_EQ(entries(root.path()), 0U);
}

TEST(ScratchDirectoryTest, ASweepRemovesTheUnfinishedThingsThatItsLinksTellOf) {
  const TemporaryDirectory root;
  const TemporaryDirectory elsewhere;
  const auto unfinished = elsewhere.write(".skyrun-1", "half");
  const auto mine = elsewhere.write("mine", "whole");
  (void)left_by_a_killed_process(root.path(), [&](const std::string& scratch) {
    (void)::symlink(unfinished.c_str(), (scratch + "/.skyrun-1").c_str());
    (void)::symlink(mine.c_str(),
                    (scratch + "/.skyrun-2").c_str());  // a link on its way to a place
  });
  sweep_scratch(root.path());
  EXPECT_FALSE(exists(unfinished));
  EXPECT_TRUE(exists(mine));
}

TEST(ScratchDirectoryTest, ASweepRemovesAnEmptyOneAndLeavesAFreshOneThatItDoesNotKnow) {
  const TemporaryDirectory root;
  std::filesystem::create_directory(root.path() + "/empty");
  const auto unknown = root.write("unknown/file", "");
  sweep_scratch(root.path());
  EXPECT_FALSE(exists(root.path() + "/empty"));
  EXPECT_TRUE(exists(unknown));
}

TEST(ScratchDirectoryTest, MakersAndSweepersDoNotGetInEachOthersWay) {
  const TemporaryDirectory root;
  std::vector<pid_t> sweepers;
  for (int i = 0; i < 2; ++i) {
    sweepers.push_back(::fork());
    if (sweepers.back() != 0) continue;
    for (;;) sweep_scratch(root.path());
  }
  for (int i = 0; i < 500; ++i) {
    const auto scratch = ScratchDirectory::make(root.path(), "job");
    ASSERT_TRUE(scratch) << scratch.error().text();
    EXPECT_TRUE(open_file(scratch->path() + "/file", O_WRONLY | O_CREAT));
    EXPECT_TRUE(exists(scratch->path() + "/file"));
  }
  for (const pid_t pid : sweepers) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

}  // namespace
}  // namespace skyrun
