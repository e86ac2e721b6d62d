// SPDX-License-Identifier: Apache-2.0
//
// task_bench MILLISECONDS FILE...: how long parsing and resolving each file takes, as a Markdown
// table of the median and the worst of 50 runs. Ends with 1 where a median is over the target.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/text.h"
#include "launcher/task/load.h"
#include "launcher/task/text_file.h"

namespace {

using namespace skyrun;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// Sorted times; none when the file is no task.
std::vector<double> times_of(const std::string& text, const std::string& path) {
  constexpr int kRuns = 50;
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    auto file = parse_task(text, path, {}, Surroundings::here());
    times.push_back(Milliseconds(std::chrono::steady_clock::now() - begin).count());
    if (file) continue;
    fmt::print(stderr, "task_bench: {}\n", file.error().text());
    return {};
  }
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  const auto target = argc > 2 ? to_number<double>(argv[1]) : std::nullopt;
  if (!target) return 2;
  bool good = true;
  fmt::print("| file | lines | median ms | worst ms |\n|---|---|---|---|\n");
  for (int i = 2; i < argc; ++i) {
    const std::string path = argv[i];
    auto text = read_text_file(path);
    const std::vector<double> times = text ? times_of(*text, path) : std::vector<double>{};
    if (times.empty()) return 2;
    const double median = times[times.size() / 2];
    good = good && median <= *target;
    fmt::print("| {} | {} | {:.2f} | {:.2f} |\n", path.substr(path.rfind('/') + 1),
               std::count(text->begin(), text->end(), '\n'), median, times.back());
  }
  return good ? 0 : 1;
}
