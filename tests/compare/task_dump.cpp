// SPDX-License-Identifier: Apache-2.0
//
// task_dump FILE [OPTION VALUE]...: the tasks of a file as the launcher holds them, as one line of
// JSON with the values of secrets in it; or {"error": …}. For comparing with SkyPilot's own parser.
#include <cstdio>
#include <string>
#include <vector>

#include "launcher/task/load.h"
#include "launcher/task/text_file.h"
#include "tests/support/task_rows.h"
#include "tests/support/task_values.h"

int main(int argc, char** argv) {
  using namespace skyrun;
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return 2;
  const std::string path = words[0];
  words.erase(words.begin());
  auto text = read_text_file(path);
  if (!text) return 2;
  auto file = parse_task(*text, path, overrides_of(words), Surroundings::here());
  Value out = dict_value();
  if (file) out = TaskValues(true).file(*file);
  if (!file) out.set("error", text_value(file.error().text()));
  std::puts(to_json_line(out).c_str());
  return 0;
}
