// SPDX-License-Identifier: Apache-2.0
//
// tests/data/task/scalars.tsv: a scalar as it stands in YAML, and the text that a variable of that
// value has: what PyYAML and then Python's str() make of it.
#include <gtest/gtest.h>

#include <fstream>

#include "launcher/task/load.h"

namespace skyrun {
namespace {

/// Line ends as two characters, since a row has none.
std::string on_one_line(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\\n" : std::string(1, c);
  return out;
}

/// The text of `X: <source>` below envs, or "!" when it is refused.
std::string text_of(const std::string& source) {
  const Surroundings nowhere{"/", "/", [](const std::string&) { return std::nullopt; }};
  auto file = parse_task("envs:\n  X: " + source + "\nrun: echo", "f", {}, nowhere);
  if (!file) return "!";
  return on_one_line(file->tasks[0].envs.at(0).second);
}

TEST(TaskScalarTest, EveryScalarIsTheTextThatPythonMakesOfIt) {
  std::ifstream table(SKYRUN_TEST_DATA "/task/scalars.tsv");
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    size_t tab = line.find('\t');
    if (tab == std::string::npos || line.rfind("# A scalar", 0) == 0) continue;
    ++rows;
    EXPECT_EQ(text_of(line.substr(0, tab)), line.substr(tab + 1)) << "of " << line.substr(0, tab);
  }
  EXPECT_GT(rows, 100);
}

}  // namespace
}  // namespace skyrun
