// SPDX-License-Identifier: Apache-2.0
//
// Hostile task files, the whole way from bytes to tasks, with the command line over them: no crash, and
// what is accepted is within the bounds that the rest of the program relies on. The first byte chooses
// the options.
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "launcher/task/load.h"

namespace {

skyrun::Overrides overrides_of(uint8_t choice) {
  skyrun::Overrides overrides;
  if ((choice & 1U) != 0) overrides.envs = {"A=flag", "LOCAL"};
  if ((choice & 2U) != 0) overrides.gpus = "A100:2";
  if ((choice & 4U) != 0) overrides.secrets = {"TOKEN=value"};
  if ((choice & 8U) != 0) overrides.num_nodes = 2;
  if ((choice & 16U) != 0) overrides.config = {"active_workspace=w"};
  return overrides;
}

void check(const skyrun::Task& task) {
  SKYRUN_ASSERT(task.num_nodes > 0);
  SKYRUN_ASSERT(!task.resources.candidates.empty());
  for (const auto& one : task.resources.candidates) {
    SKYRUN_ASSERT(one.gpus_per_node() >= 0 && one.gpus_per_node() <= one.setup_gpus_per_node());
    SKYRUN_ASSERT(!one.cpus || one.cpus->amount > 0);
  }
  for (const auto& [name, value] : task.envs) {
    SKYRUN_ASSERT(!name.empty() && name.find('=') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const skyrun::Surroundings nowhere{"/cwd", "/home/u", [](const std::string& name) {
                                       return name == "LOCAL" ? std::optional<std::string>("here")
                                                              : std::nullopt;
                                     }};
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto file = skyrun::parse_task(text, "task.yaml", overrides_of(data[0]), nowhere);
  if (!file) {
    SKYRUN_ASSERT(!file.error().text().empty());
    return 0;
  }
  SKYRUN_ASSERT(!file->tasks.empty());
  for (const auto& task : file->tasks) check(task);
  return 0;
}
