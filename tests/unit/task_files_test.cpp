// SPDX-License-Identifier: Apache-2.0
//
// Task files that people use, and what each resolves to: tests/data/tasks/expected/NAME.txt has
// every value of NAME.yaml, which is in tests/data/tasks or in $SHARED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/text.h"
#include "launcher/task/load.h"
#include "launcher/task/text_file.h"
#include "tests/support/task_values.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

/// What a task that cannot run as it stands is given, as a person would.
Overrides overrides_for(const std::string& name) {
  Overrides out;
  if (name == "llm_verl_multinode") out.envs = {"WANDB_API_KEY="};
  return out;
}

std::string resolved(const fs::path& path) {
  const Surroundings nowhere{"/cwd", "/home/u", [](const std::string&) { return std::nullopt; }};
  const std::string name = path.stem();
  auto text = read_text_file(path);
  if (!text) return text.error().text();
  auto file = parse_task(*text, path.filename(), overrides_for(name), nowhere);
  if (!file) return file.error().text() + "\n";
  std::vector<std::string> lines;
  add_lines(TaskValues().file(*file), "", lines);
  return join(lines, "\n") + "\n";
}

/// The file of a task, or nothing where neither directory has it.
fs::path find_task(const std::string& name) {
  const char* shared = std::getenv("SHARED");
  for (const std::string& directory :
       {std::string(SKYRUN_TEST_DATA "/tasks"), shared != nullptr ? std::string(shared) : "",
        std::string(SKYRUN_TEST_DATA "/../../../shared/cases/tasks")}) {
    fs::path path = fs::path(directory) / (name + ".yaml");
    if (!directory.empty() && fs::exists(path)) return path;
  }
  return {};
}

TEST(TaskFilesTest, EveryFileResolvesAsRecorded) {
  int found = 0;
  for (const auto& entry : fs::directory_iterator(SKYRUN_TEST_DATA "/tasks/expected")) {
    const fs::path task = find_task(entry.path().stem());
    if (task.empty()) continue;
    ++found;
    auto expected = read_text_file(entry.path());
    ASSERT_TRUE(expected) << expected.error().text();
    EXPECT_EQ(resolved(task), *expected) << task;
  }
  EXPECT_GE(found, 9);
}

}  // namespace
}  // namespace skyrun
