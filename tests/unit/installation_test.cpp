// SPDX-License-Identifier: Apache-2.0
#include "core/installation.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class InstallationTest : public testing::Test {
 protected:
  std::string program(const std::string& path) {
    const auto full = std::filesystem::path(directory_.path()) / path;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full) << "#!/bin/sh\n";
    ::chmod(full.c_str(), 0755);
    return full.string();
  }

  TemporaryDirectory directory_;
};

TEST_F(InstallationTest, ProgramsBesideEachOtherBelongTogether) {
  const auto skyrun = program("any/skyrun");
  const auto skyrund = program("any/skyrund");
  EXPECT_EQ(find_skyrund(skyrun).value(), skyrund);
  EXPECT_EQ(find_skyrun(skyrund).value(), skyrun);
}

TEST_F(InstallationTest, AnInstalledOneIsFoundFromBothSides) {
  const auto skyrun = program("bin/skyrun");
  const auto skyrund = program("libexec/skyrun/skyrund");
  EXPECT_EQ(find_skyrund(skyrun).value(), skyrund);
  EXPECT_EQ(find_skyrun(skyrund).value(), skyrun);
}

TEST_F(InstallationTest, HalfAnInstallationIsNamed) {
  const auto skyrun = program("bin/skyrun");
  EXPECT_EQ(find_skyrund(skyrun).error().text(),
            "no skyrund belongs to " + skyrun + ": install both together");
}

TEST_F(InstallationTest, TheRunningProgramKnowsItsPath) {
  EXPECT_TRUE(std::filesystem::equivalent(own_program().value(), "/proc/self/exe"));
}

}  // namespace
}  // namespace skyrun
