// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/batch_job.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

std::optional<BatchJob> find(const std::map<std::string, std::string>& variables) {
  return find_batch_job([&variables](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(BatchJobTest, EachSystemSaysWhereItsHostsAre) {
  TemporaryDirectory directory;
  directory.write("hosts", "a\na\nb\n");
  directory.write("pe", "a 4 all.q UNDEFINED\nb 4 all.q UNDEFINED\nc 4 all.q UNDEFINED\n");
  const std::string hosts = directory.path() + "/hosts";
  const auto slurm = find({{"SLURM_JOB_ID", "7"}, {"SLURM_JOB_NUM_NODES", "4"}});
  EXPECT_EQ(slurm->system, "Slurm");
  EXPECT_EQ(slurm->nodes, 4U);
  EXPECT_EQ(find({{"SLURM_JOB_ID", "7"}, {"SLURM_NNODES", "3"}})->nodes, 3U);
  const auto pbs = find({{"PBS_JOBID", "7"}, {"PBS_NODEFILE", hosts}});
  EXPECT_EQ(pbs->nodes, 2U);
  EXPECT_EQ(pbs->host_arguments, "--hostfile \"$PBS_NODEFILE\"");
  EXPECT_EQ(find({{"LSB_JOBID", "7"}, {"LSB_DJOB_HOSTFILE", hosts}})->system, "LSF");
  EXPECT_EQ(find({{"JOB_ID", "7"}, {"PE_HOSTFILE", directory.path() + "/pe"}})->nodes, 3U);
  EXPECT_EQ(find({{"FLUX_JOB_ID", "f1"}, {"FLUX_JOB_NNODES", "2"}})->nodes, 2U);
  EXPECT_EQ(find({{"FLUX_ENCLOSING_ID", "f1"}})->nodes, std::nullopt);
}

TEST(BatchJobTest, OutsideThereIsNone) {
  EXPECT_FALSE(find({}));
  EXPECT_FALSE(find({{"JOB_ID", "7"}, {"PBS_NODEFILE", "/x"}, {"FLUX_URI", "local:///x"}}));
}

}  // namespace
}  // namespace skyrun
