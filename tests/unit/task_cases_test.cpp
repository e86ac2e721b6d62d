// SPDX-License-Identifier: Apache-2.0
//
// SkyPilot's own tasks (tests/data/tasks): each resolves to what stands in expected/, line by line.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/text.h"
#include "launcher/task/load.h"
#include "launcher/task/text_file.h"
#include "tests/support/task_values.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

/// Of what a task must be given by the command line.
const Overrides kGiven{.envs = {"WANDB_API_KEY=given"}};

std::string resolved(const fs::path& path) {
  const Surroundings somewhere{"/cwd", "/home/u", [](const std::string&) { return std::nullopt; }};
  const auto text = read_text_file(path);
  if (!text) return text.error().text();
  const auto file = parse_task(*text, path.filename(), kGiven, somewhere);
  if (!file) return file.error().text();
  std::vector<std::string> lines;
  add_lines(TaskValues().file(*file), "", lines);
  return join(lines, "\n") + "\n";
}

TEST(TaskCasesTest, EveryTaskOfSkyPilotResolvesAsRecorded) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(SKYRUN_TEST_DATA "/tasks")) {
    if (entry.path().extension() != ".yaml") continue;
    ++count;
    const fs::path expected =
        entry.path().parent_path() / "expected" / entry.path().filename().replace_extension("txt");
    EXPECT_EQ(resolved(entry.path()), read_text_file(expected).value_or("nothing recorded"))
        << entry.path();
  }
  EXPECT_GE(count, 15U);
}

}  // namespace
}  // namespace skyrun
