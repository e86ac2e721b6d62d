// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/file_census.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

TEST(FileCensusTest, FilesThatAreSentAreCountedOverAllMounts) {
  const TemporaryDirectory directory;
  directory.write("a/one", "1");
  directory.write("a/below/two", "22");
  directory.write("a/.skyignore", "dropped\n");
  directory.write("a/dropped", "not this");
  const auto alone = directory.write("b", "333");
  FileCensus census({{.source = directory.path() + "/a", .destination = "~/a"},
                     {.source = alone, .destination = "~/b"}});
  EXPECT_EQ(census.total(), std::nullopt);
  census.go_on();
  EXPECT_EQ(census.total(), (Tally{.files = 4, .bytes = 1 + 2 + 8 + 3}));
}

TEST(FileCensusTest, ManyAreCountedInTurns) {
  const TemporaryDirectory directory;
  for (int i = 0; i < 700; ++i) directory.write(std::to_string(i), "x");
  FileCensus census(std::vector<Mount>{{.source = directory.path(), .destination = "~/a"}});
  census.go_on();
  EXPECT_EQ(census.total(), std::nullopt);
  census.go_on();
  EXPECT_EQ(census.total(), (Tally{.files = 700, .bytes = 700}));
}

TEST(FileCensusTest, WhatCannotBeReadHasNoTotal) {
  FileCensus census(std::vector<Mount>{{.source = "/nonexistent/here", .destination = "~/a"}});
  census.go_on();
  EXPECT_EQ(census.total(), std::nullopt);
}

}  // namespace
}  // namespace skyrun
