// SPDX-License-Identifier: Apache-2.0
//
// Hostile task files, the whole way from bytes to loaded tasks: no crash, no leak, neither much
// time nor memory, and what is accepted keeps what the rest of the launcher builds on. The input is
// a task file; what follows a line "#$" is a command line, an option and its value a line each.
#include <cstdint>
#include <set>
#include <string_view>

#include "core/assert.h"
#include "core/utf8.h"
#include "launcher/task/load.h"
#include "launcher/task/patterns.h"
#include "tests/support/task_rows.h"
#include "tests/support/task_values.h"

namespace {

using namespace skyrun;

const Surroundings& surroundings() {
  static const Surroundings nowhere{
      "/nowhere", "/home/u", [](const std::string& name) -> std::optional<std::string> {
        return name.size() % 2 == 0 ? std::nullopt : std::optional<std::string>("local");
      }};
  return nowhere;
}

/// The command line behind the task's text, files apart: nothing here may be read from a disk.
Overrides overrides_behind(std::string_view& text) {
  constexpr std::string_view kMark = "\n#$\n";
  const size_t mark = text.find(kMark);
  if (mark == std::string_view::npos) return {};
  std::vector<std::string> words;
  for (std::string_view line : split(text.substr(mark + kMark.size()), '\n')) {
    words.emplace_back(line);
  }
  text = text.substr(0, mark + 1);
  Overrides out = overrides_of(words);
  out.env_file.reset();
  out.secret_file.reset();
  return out;
}

void check_resources(const Resources& one) {
  SKYRUN_ASSERT(!one.accelerator || one.accelerator->count > 0);
  SKYRUN_ASSERT(one.gpus_per_node() >= 0 && one.gpus_per_node() <= one.setup_gpus_per_node());
  SKYRUN_ASSERT(!one.cpus || one.cpus->amount > 0);
  SKYRUN_ASSERT(!one.memory || one.memory->amount >= 0);
  SKYRUN_ASSERT(!one.docker_image);
}

void check_task(const Task& task) {
  SKYRUN_ASSERT(task.num_nodes >= 1);
  SKYRUN_ASSERT(!task.name || is_task_name(*task.name) || *task.name == "sky-cmd");
  SKYRUN_ASSERT(!task.workdir || (*task.workdir)[0] == '/');
  SKYRUN_ASSERT(!(task.workdir && task.git));
  SKYRUN_ASSERT(!task.resources.candidates.empty());
  for (const Resources& one : task.resources.candidates) check_resources(one);
  std::set<std::string> names;
  for (const auto& [name, value] : task.envs) {
    SKYRUN_ASSERT(is_env_name(name) && names.insert(name).second);
  }
  names.clear();
  for (const auto& [name, value] : task.secrets) {
    SKYRUN_ASSERT(is_env_name(name) && names.insert(name).second);
  }
  for (const FileMount& mount : task.file_mounts) {
    SKYRUN_ASSERT(!mount.destination.empty());
    SKYRUN_ASSERT(mount.kind != FileMount::Kind::local || mount.source[0] == '/');
  }
  for (const std::string& notice : task.notices) SKYRUN_ASSERT(!notice.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const Overrides overrides = overrides_behind(text);
  auto file = parse_task(text, "task.yaml", overrides, surroundings());
  if (!file) {
    SKYRUN_ASSERT(!file.error().text().empty());
    return 0;
  }
  SKYRUN_ASSERT(!file->tasks.empty());
  for (const Task& task : file->tasks) check_task(task);
  SKYRUN_ASSERT(!TaskValues().file(*file).keys.empty());
  return 0;
}
