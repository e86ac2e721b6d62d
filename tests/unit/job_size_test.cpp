// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_size.h"

#include <gtest/gtest.h>

#include "protocol/bounds.h"

namespace skyrun {
namespace {

const std::string kLarge(size_t{17} << 20U, 'x');

std::string refusal(JobSpec spec) {
  const auto fits = check_job_size({.spec = std::move(spec), .nodes = {{.host = "h"}}});
  return fits ? "" : fits.error().text();
}

TEST(JobSizeTest, WhatIsTooLargeIsNamedWithItsOption) {
  EXPECT_EQ(refusal({.run = "echo"}), "");
  EXPECT_EQ(refusal({.envs = {{"A", kLarge}}, .run = "echo"}),
            "the task takes 17.0 MiB, 17.0 of them variables (envs, --env, --env-file); a task has "
            "at most 8: send files (workdir, file_mounts) in their place");
  EXPECT_EQ(refusal({.secrets = {{"A", kLarge}}}).substr(0, 76),
            "the task takes 17.0 MiB, 17.0 of them secrets (secrets, --secret, --secret-f");
  EXPECT_EQ(refusal({.setup = kLarge, .run = "echo"}).substr(0, 54),
            "the task takes 17.0 MiB, 17.0 of them setup commands (");
  EXPECT_EQ(refusal({.run = kLarge}).substr(0, 52),
            "the task takes 17.0 MiB, 17.0 of them run commands (");
}

TEST(JobSizeTest, ManySmallPartsCountToo) {
  const Variables many(kMaxVariables + 1, {"A", "b"});
  EXPECT_EQ(refusal({.envs = many}),
            "the task cannot be sent: Submit.job.envs: more than 65536 of them");
}

TEST(JobSizeTest, ALargeRankfileIsNamed) {
  EXPECT_EQ(
      check_job_size({.wishes = {.placement = {.file_text = kLarge}}}).error().text().substr(0, 60),
      "the task takes 17.0 MiB, 17.0 of them lines of a file (--map");
}

TEST(JobSizeTest, HostsTakeTheirRoomToo) {
  Submission::Job job{.spec = {.num_nodes = 1}, .nodes = {{.host = "h"}}};
  EXPECT_TRUE(check_job_size(job));
  job.nodes.assign(10000, {.host = "h", .identity_file = std::string(1000, 'k')});
  EXPECT_EQ(check_job_size(job).error().text(),
            "the host list has 10000 hosts whose names, users and keys take 9.6 MiB; a job has at "
            "most 6");
  job.nodes = {{.host = std::string(256, 'h')}};
  EXPECT_EQ(check_job_size(job).error().text(),
            "the host list cannot be sent: Bootstrap.subtree.host: more than 255 bytes");
}

}  // namespace
}  // namespace skyrun
