// SPDX-License-Identifier: Apache-2.0
//
// How long a task of 2,000 lines takes from its text to the resolved task: half of it variables and
// mounts, half script.
#include <benchmark/benchmark.h>

#include <string>

#include "launcher/task/load.h"

namespace {

std::string long_task() {
  std::string text =
      "name: long\nnum_nodes: 4\nresources:\n  accelerators: A100:8\n  cpus: 8+\nenvs:\n";
  for (int i = 0; i < 500; ++i)
    text += "  NAME_" + std::to_string(i) + ": \"value " + std::to_string(i) + "\"\n";
  text += "file_mounts:\n";
  for (int i = 0; i < 500; ++i)
    text += "  ~/data/" + std::to_string(i) + ": ./$NAME_" + std::to_string(i) + "\n";
  text += "run: |\n";
  for (int i = 0; i < 992; ++i) text += "  echo line " + std::to_string(i) + " of $NAME_1\n";
  return text;
}

void BM_load_2000_lines(benchmark::State& state) {
  const std::string text = long_task();
  const skyrun::Surroundings here{"/cwd", "/home/u",
                                  [](const std::string&) { return std::nullopt; }};
  for (auto _ : state) {  // NOLINT(clang-analyzer-deadcode.DeadStores)
    auto file = skyrun::parse_task(text, "task.yaml", {}, here);
    if (!file) state.SkipWithError(file.error().text().c_str());
    benchmark::DoNotOptimize(file);
  }
}
BENCHMARK(BM_load_2000_lines)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
