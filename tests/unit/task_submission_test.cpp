// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/task_submission.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "launcher/task/load.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class TaskSubmissionTest : public testing::Test {
 protected:
  Submission submit(const std::string& yaml, const Options& options = {}) const {
    auto file = parse_task(yaml, "t.yaml", options.overrides, {.cwd = "/", .home = home_.path()});
    const JobIdentity identity{.number = 7, .time = "T", .cluster = "c", .user = "u"};
    return *make_submission(*file, options, identity, "title", home_.path(), "/skyrund");
  }

  TemporaryDirectory home_;
};

TEST_F(TaskSubmissionTest, NodesLookAtThemselvesOnlyWhereTheirGpusCount) {
  const auto asks_nothing = submit("run: x\nresources: {use_spot: true, accelerators: tpu-v2-8}");
  EXPECT_FALSE(asks_nothing.jobs[0].launch.wants_machines);
  const auto asks_cpus = submit("run: x\nresources: {cpus: 1}");
  EXPECT_FALSE(asks_cpus.jobs[0].launch.wants_machines);
  EXPECT_TRUE(submit("run: x\nresources: {accelerators: T4}").jobs[0].launch.wants_machines);
}

TEST_F(TaskSubmissionTest, RanksOfAProgramAreAnAppOnThisMachine) {
  Options options;
  options.entrypoint = {Entrypoint::Kind::command, "./p a", {"./p", "a"}};
  options.ranks = options.placement.ranks = 3;
  options.cwd = "/typed";
  const auto three = submit("run: x", options);
  const auto& job = three.jobs[0].spec;
  EXPECT_FALSE(job.run);
  ASSERT_EQ(job.apps.size(), 1U);
  EXPECT_EQ(job.apps[0].argv, (std::vector<std::string>{"./p", "a"}));
  EXPECT_EQ(job.apps[0].ranks, 3U);
  EXPECT_EQ(job.apps[0].directory, "/typed");
  EXPECT_FALSE(job.apps[0].insists);
  EXPECT_EQ(job.num_nodes, 1U);
  EXPECT_TRUE(three.jobs[0].nodes[0].local);
  EXPECT_TRUE(three.jobs[0].nodes[0].home.empty());
  EXPECT_EQ(three.voice, Voice::program);

  options.wdir = "/said";
  options.entrypoint.words.clear();
  const auto bash = submit("run: x", options).jobs[0].spec.apps[0];
  EXPECT_EQ(bash.directory, "/said");
  EXPECT_TRUE(bash.insists);
  EXPECT_EQ(bash.argv, (std::vector<std::string>{"/bin/bash", "-c", "./p a"}));
}

TEST_F(TaskSubmissionTest, RanksMayUseEveryNodeThereIs) {
  Options options;
  options.entrypoint = {Entrypoint::Kind::command, "p", {"p"}};
  options.ranks = 2;
  options.local = 3;
  EXPECT_EQ(submit("run: x", options).jobs[0].nodes.size(), 3U);
  options.local.reset();
  options.hosts = {"a:4,b"};
  const auto on_hosts = submit("run: x", options);
  ASSERT_EQ(on_hosts.jobs[0].nodes.size(), 2U);
  EXPECT_EQ(on_hosts.jobs[0].nodes[0].slots, 4U);
  EXPECT_EQ(on_hosts.jobs[0].nodes[1].slots, 1U);
}

TEST_F(TaskSubmissionTest, WhatIsWishedOfNodesGoesAlong) {
  Options options;
  options.skip_resource_check = true;
  options.placement.map_by = "core";
  const auto job =
      submit("run: x\nresources: {cpus: 2+, memory: 8, accelerators: T4:0.5}", options);
  const ResourceWish wish{.accelerator = "T4", .accelerators = 0.5, .cpus = 2, .memory_gib = 8};
  EXPECT_EQ(job.jobs[0].wishes.resources, (ResourceWishes{.candidates = {wish}, .insists = false}));
  EXPECT_EQ(job.jobs[0].wishes.placement, options.placement);
}

TEST_F(TaskSubmissionTest, WhatSeveralTasksSayIsToldOnce) {
  Options options;
  options.local = 1;
  options.no_setup = true;
  const std::string task = "run: x\nsetup: y\nresources: {use_spot: true}\n";
  EXPECT_EQ(submit(task + "---\n" + task, options).notices,
            (std::vector<std::string>{"resources.use_spot has no effect without a cloud",
                                      "setup commands skipped"}));
}

TEST_F(TaskSubmissionTest, SubmittingLeavesNoTrace) {
  submit("num_nodes: 3\nrun: x");
  EXPECT_TRUE(std::filesystem::is_empty(home_.path()));
}

TEST_F(TaskSubmissionTest, TasksOfAPipelineShareNodesAndKnowAllIds) {
  const auto both = submit("name: p\n---\nname: a\nnum_nodes: 2\n---\nname: b");
  ASSERT_EQ(both.jobs.size(), 2U);
  EXPECT_EQ(both.order, Submission::Order::serial);
  EXPECT_EQ(both.jobs[0].nodes[0], both.jobs[1].nodes[0]);
  const auto& job = both.jobs[1].spec;
  EXPECT_EQ(job.task_id, "sky-managed-T_p_b_7-1");
  EXPECT_EQ(job.log_name, "sky-managed-T/1-b");
  EXPECT_EQ(job.envs.back(),
            std::pair(std::string("SKYPILOT_TASK_IDS"),
                      std::string("sky-managed-T_p_a_7-0\nsky-managed-T_p_b_7-1")));
}

TEST_F(TaskSubmissionTest, TasksOfAGroupHaveNodesOfTheirOwn) {
  const auto group = submit(
      "name: g\nexecution: parallel\nprimary_tasks: [b]\ntermination_delay: {a: 2m, default: 3s}\n"
      "---\nname: a\nnum_nodes: 2\nrun: x\n---\nname: b\nrun: x");
  EXPECT_EQ(group.order, Submission::Order::parallel);
  EXPECT_EQ(group.jobs[1].nodes[0].address, "127.0.0.3");
  EXPECT_EQ(group.jobs[0].names, (std::vector<std::string>{"a-0", "a-1"}));
  EXPECT_EQ(group.primary, std::vector<size_t>{1});
  using std::chrono::milliseconds;
  EXPECT_EQ(group.termination_delays,
            (std::vector<milliseconds>{milliseconds(120000), milliseconds(3000)}));
}

TEST_F(TaskSubmissionTest, AGroupOfOneIsAGroup) {
  const auto group = submit("name: g\nexecution: parallel\n---\nname: a\nrun: x");
  const auto& job = group.jobs[0];
  EXPECT_EQ(group.group, "g");
  EXPECT_EQ(job.names, std::vector<std::string>{"a-0"});
  EXPECT_EQ(job.spec.group, "g");
  EXPECT_EQ(job.spec.envs.back(),
            std::pair(std::string("SKYPILOT_JOBGROUP_NAME"), std::string("g")));
  const auto single = submit("name: a\nrun: x");
  EXPECT_TRUE(single.jobs[0].names.empty());
  EXPECT_EQ(single.jobs[0].title, "title");
}

TEST_F(TaskSubmissionTest, LocalSaysHowManyNodesSeveralTasksHave) {
  Options options;
  options.local = 3;
  const std::string group = "name: g\nexecution: parallel\n---\nname: a\nnum_nodes: 2\nrun: x\n";
  EXPECT_TRUE(submit(group + "---\nname: b\nrun: x", options).notices.empty());
  EXPECT_EQ(submit(group, options).notices,
            std::vector<std::string>{"using 2 of 3 embedded nodes, as num_nodes says"});
  auto file = parse_task(group + "---\nname: b\nnum_nodes: 2\nrun: x", "t.yaml", {},
                         {.cwd = "/", .home = home_.path()});
  EXPECT_EQ(make_submission(*file, options, {}, "title", home_.path(), "/skyrund").error().text(),
            "--local 3: the tasks of the group need 4 nodes; without --local there are as many as "
            "are asked for");
}

}  // namespace
}  // namespace skyrun
