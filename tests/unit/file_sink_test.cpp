// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/file_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/scratch_directory.h"
#include "launcher/files/file_stream.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

/// Sends mounts from one directory to another.
class FileSinkTest : public testing::Test {
 protected:
  Result<void> send(const std::vector<Mount>& mounts, NodePaths paths) {
    const std::string archive = there_.path() + "/archive";
    auto stream = FileStream::open(mounts);
    if (!stream) return tl::unexpected(std::move(stream.error()));
    std::string bytes;
    for (;;) {
      auto block = (*stream)->next();
      if (!block) return tl::unexpected(std::move(block.error()));
      if (!*block) break;
      bytes += **block;
    }
    notices_ = (*stream)->take_notices();
    there_.write("archive", bytes);
    const Fd fd = *open_file(archive, O_RDONLY);
    const auto scratch = *ScratchDirectory::make(there_.path() + "/run", "job");
    std::vector<std::string> destinations;
    destinations.reserve(mounts.size());
    for (const auto& each : mounts) destinations.push_back(each.destination);
    return FileSink(std::move(paths), *Staging::open(scratch.path()), destinations)
        .extract(fd.get());
  }

  bool exists(const std::string& name) const {
    return std::filesystem::exists(there_.path() + '/' + name);
  }

  TemporaryDirectory here_;
  TemporaryDirectory there_;
  std::vector<std::string> notices_;
};

TEST_F(FileSinkTest, WhatAnotherNodeWritesInTheSameHomeIsPassedOver) {
  here_.write("dir/file", "text");
  const std::string home = there_.path() + "/home";
  std::filesystem::create_directory(home);
  const std::vector<Mount> mounts{
      {.source = here_.path() + "/dir", .destination = "~/sky_workdir"},
      {.source = here_.path() + "/dir/file", .destination = "~/below/file"},
      {.source = here_.path() + "/dir", .destination = there_.path() + "/link"},
      {.source = here_.path() + "/dir/file", .destination = "/tmp" + there_.path() + "/file"}};
  const NodePaths paths{home, home + "/sky_workdir", true};
  ASSERT_TRUE(send(mounts, paths)) << send(mounts, paths).error().text();
  EXPECT_FALSE(exists("home/sky_workdir"));
  EXPECT_FALSE(exists("home/below"));
  EXPECT_FALSE(exists("home/.sky"));
  EXPECT_TRUE(std::filesystem::exists("/tmp" + there_.path() + "/file"));
  std::filesystem::remove_all("/tmp" + there_.path());

  ASSERT_TRUE(send(mounts, {home, home + "/sky_workdir", false}));
  std::filesystem::remove_all("/tmp" + there_.path());
  EXPECT_EQ(there_.read("home/sky_workdir/file"), "text");
  EXPECT_EQ(there_.read("home/below/file"), "text");
}

}  // namespace
}  // namespace skyrun
