// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/load.h"

#include <gtest/gtest.h>

#include <map>

namespace skyrun {
namespace {

Surroundings surroundings() {
  std::map<std::string, std::string> env = {{"LOCAL", "from here"}};
  return {.cwd = "/work dir", .home = "/home/u", .env = [env](const std::string& name) {
            auto found = env.find(name);
            return found == env.end() ? std::nullopt : std::optional(found->second);
          }};
}

Result<TaskFile> parse(const std::string& text, const Overrides& overrides = {}) {
  return parse_task(text, "task.yaml", overrides, surroundings());
}

std::string error_of(const std::string& text, const Overrides& overrides = {}) {
  auto tasks = parse(text, overrides);
  return tasks ? "no error" : tasks.error().text();
}

TEST(TaskLoadTest, FieldsBecomeValuesWithDefaults) {
  auto tasks = parse("name: a\nresources: {accelerators: a100:2}\nrun: echo hi\nworkdir: ./src");
  ASSERT_TRUE(tasks) << tasks.error().text();
  const Task& task = tasks->tasks.at(0);
  EXPECT_EQ(task.name, "a");
  EXPECT_EQ(task.num_nodes, 1);
  EXPECT_EQ(task.resources.first().accelerator, (Accelerator{"A100", 2}));
  EXPECT_EQ(task.workdir, "/work dir/src");
  EXPECT_EQ(task.run, "echo hi");
  EXPECT_EQ(task.setup, std::nullopt);
}

TEST(TaskLoadTest, ErrorsNameFileLineAndField) {
  EXPECT_EQ(error_of("run: echo\nresources:\n  cpus: many"),
            "task.yaml:3: resources.cpus: The \"cpus\" field should be either a number or a string "
            "\"<number>+\". Found: 'many'");
  EXPECT_EQ(error_of("run: echo\nnum_node: 2"),
            "task.yaml:2: Invalid task YAML: Instead of 'num_node', did you mean 'num_nodes'?");
}

TEST(TaskLoadTest, CommandLineVariablesWinOverTheFile) {
  Overrides overrides;
  overrides.envs = {"A=cli", "LOCAL"};
  overrides.secrets = {"S=x"};
  auto tasks = parse("envs: {A: file, B: 1e6}\nsecrets: {S: null}\nrun: echo", overrides);
  ASSERT_TRUE(tasks) << tasks.error().text();
  using Variables = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(tasks->tasks[0].envs, (Variables{{"A", "cli"}, {"B", "1e6"}, {"LOCAL", "from here"}}));
  EXPECT_EQ(tasks->tasks[0].secrets[0].second.reveal(), "x");
}

TEST(TaskLoadTest, APlaceThatIsServedHasNoNotice) {
  for (const char* infra : {"SSH/pool", "ssh", "Slurm/c/p", "'*'"}) {
    const auto file = parse(std::string("run: x\nresources: {infra: ") + infra + "}");
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_TRUE(file->tasks[0].notices.empty()) << infra;
  }
  const auto elsewhere = parse("run: x\nresources: {infra: AWS}");
  EXPECT_EQ(elsewhere->tasks[0].notices,
            std::vector<std::string>{"resources.infra has no effect without a cloud: AWS"});
}

TEST(TaskLoadTest, ImageIdNoneRunsATaskWithoutItsContainer) {
  Overrides overrides;
  overrides.image_id = "none";
  const auto file = parse("run: x\nresources: {image_id: \"docker:ubuntu\"}", overrides);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->tasks[0].notices.size() <= 1);
}

TEST(TaskLoadTest, DataThatIsElsewhereIsRefusedByName) {
  const auto refusal = [](const std::string& text) {
    const auto file = parse("run: x\n" + text);
    const auto good = refuse_remote_mounts(*file, "t.yaml");
    return good ? "" : good.error().text();
  };
  const std::string remedy = ": copy it in setup, or run without it by --skip-remote-mounts";
  EXPECT_EQ(refusal("file_mounts:\n  /d: s3://b/x"),
            "t.yaml:3: file_mounts./d: nothing here fetches s3://b/x" + remedy);
  EXPECT_EQ(refusal("file_mounts:\n  /d: https://h/x"),
            "t.yaml:3: file_mounts./d: nothing here fetches https://h/x" + remedy);
  EXPECT_EQ(refusal("file_mounts:\n  /d: {source: gs://b}"),
            "t.yaml:3: file_mounts./d: nothing here mounts buckets" + remedy);
  EXPECT_EQ(refusal("volumes:\n  /d: pvc"),
            "t.yaml:3: volumes./d: nothing here mounts volumes" + remedy);
  EXPECT_EQ(refusal("secrets: {T: s3cr3t}\nfile_mounts:\n  /d: https://u:$T@h/x").find("s3cr3t"),
            std::string::npos);
  EXPECT_EQ(refusal("file_mounts: {/d: ./here}"), "");
}

}  // namespace
}  // namespace skyrun
