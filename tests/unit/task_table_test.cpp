// SPDX-License-Identifier: Apache-2.0
//
// Every rule of the task files, a row each in tests/data/task; see tests/support/task_rows.h.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "launcher/task/load.h"
#include "tests/support/task_rows.h"
#include "tests/support/task_values.h"
#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

constexpr const char* kTables = SKYRUN_TEST_DATA "/task";
/// What every secret value of the tables contains, and nothing else does.
constexpr std::string_view kMarker = "s3cr3t";

/// What came of a row, as the lines that its expectations are about.
struct Outcome {
  std::vector<std::string> lines;
  std::vector<std::string> notices;
  std::string error;
};

std::string on_one_line(const std::string& text) {
  std::string out;
  for (char c : text) out += c == '\n' ? "\\n" : std::string(1, c);
  return out;
}

/// Without the line of the file and its caret, which yaml_complaint_test.cpp looks at.
std::string without_source(const std::string& text) {
  const size_t bar = text.find(" | ");
  const size_t line = bar == std::string::npos ? bar : text.rfind('\n', bar);
  const bool shown =
      line != std::string::npos && text.find_first_not_of(" 0123456789", line + 1) == bar + 1;
  return shown ? text.substr(0, line) : text;
}

std::string with_plain_directory(std::string text, const std::string& directory) {
  constexpr std::string_view kPlain = "/cwd";
  if (directory == kPlain) return text;
  for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory)) {
    text.replace(at, directory.size(), kPlain);
  }
  return text;
}

Surroundings surroundings(const std::string& cwd) {
  return {.cwd = cwd,
          .home = "/home/u",
          .env = [](const std::string& name) -> std::optional<std::string> {
            if (name == "LOCAL") return "from here";
            if (name == "LOCAL_TOKEN") return "s3cr3t here";
            return std::nullopt;
          }};
}

void add_notices(const std::vector<std::string>& notices, Outcome& out) {
  for (const std::string& notice : notices) out.notices.push_back(on_one_line(notice));
}

/// A file of one task is shown as that task; of several as [0], [1] and the file's own fields.
Outcome outcome_of(const TaskFile& file) {
  Outcome out;
  bool single = file.tasks.size() == 1 && file.execution == TaskFile::Execution::serial;
  add_notices(file.notices, out);
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    add_lines(TaskValues().task(file.tasks[i]), single ? "" : "[" + std::to_string(i) + "]",
              out.lines);
    add_notices(file.tasks[i].notices, out);
  }
  Value whole = TaskValues().file(file);
  whole.erase("tasks");
  whole.erase("notices");
  add_lines(whole, "file", out.lines);
  return out;
}

Outcome run(const TaskRow& row) {
  std::optional<TemporaryDirectory> directory;
  if (!row.files.empty()) directory.emplace();
  for (const auto& [name, text] : row.files) directory->write(name, text);
  const std::string cwd = directory ? directory->path() : "/cwd";
  auto loaded = parse_task(row.text, "task.yaml", overrides_of(row.arguments), surroundings(cwd));
  if (loaded && row.paths) {
    auto good = check_local_paths(*loaded, "task.yaml");
    if (!good) loaded = tl::unexpected(good.error());
  }
  Outcome out;
  if (loaded) {
    out = outcome_of(*loaded);
  } else {
    out.error = on_one_line(without_source(loaded.error().text()));
  }
  out.error = with_plain_directory(out.error, cwd);
  for (std::string& line : out.lines) line = with_plain_directory(line, cwd);
  return out;
}

bool begins(const std::string& text, const std::string& mark) {
  return text.rfind(mark, 0) == 0;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

bool has_path(const std::vector<std::string>& lines, const std::string& path) {
  return std::any_of(lines.begin(), lines.end(), [&path](const std::string& line) {
    return begins(line, path + " =") || begins(line, path + ".") || begins(line, path + "[");
  });
}

bool holds(const std::string& expected, const Outcome& outcome) {
  if (begins(expected, "error: ")) return outcome.error == expected.substr(7);
  if (!outcome.error.empty()) return false;
  if (expected == "ok") return true;
  if (begins(expected, "notice: ")) return has(outcome.notices, expected.substr(8));
  if (expected == "no notice") return outcome.notices.empty();
  if (begins(expected, "no ")) return !has_path(outcome.lines, expected.substr(3));
  return has(outcome.lines, expected);
}

std::string shown(const Outcome& outcome) {
  if (!outcome.error.empty()) return "\n  ==> error: " + outcome.error;
  std::string out;
  for (const std::string& line : outcome.lines) out += "\n  ==> " + line;
  for (const std::string& notice : outcome.notices) out += "\n  ==> notice: " + notice;
  return out;
}

std::vector<TaskRow> all_rows() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(kTables)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<TaskRow> rows;
  for (const std::string& path : paths) {
    for (TaskRow& row : TaskRows::read(path)) rows.push_back(std::move(row));
  }
  return rows;
}

TEST(TaskTableTest, EveryRowComesOutAsItSays) {
  const std::vector<TaskRow> rows = all_rows();
  EXPECT_GT(rows.size(), 300U);
  for (const TaskRow& row : rows) {
    EXPECT_FALSE(row.expected.empty()) << row.where << ": " << row.title;
    const Outcome outcome = run(row);
    for (const std::string& expected : row.expected) {
      EXPECT_TRUE(holds(expected, outcome))
          << row.where << ": " << row.title << "\n  expected " << expected << shown(outcome);
    }
  }
}

TEST(TaskTableTest, NoRowShowsTheValueOfASecret) {
  size_t with_secrets = 0;
  for (const TaskRow& row : all_rows()) {
    with_secrets += row.text.find(kMarker) != std::string::npos ? 1 : 0;
    EXPECT_EQ(shown(run(row)).find(kMarker), std::string::npos) << row.where << ": " << row.title;
  }
  EXPECT_GT(with_secrets, 10U);
}

}  // namespace
}  // namespace skyrun
