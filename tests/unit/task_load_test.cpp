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

}  // namespace
}  // namespace skyrun
