// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/apply_overrides.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/task/accelerators.h"
#include "launcher/task/config_override.h"
#include "launcher/task/infra.h"
#include "launcher/task/numbers.h"
#include "launcher/task/patterns.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

/// Reads one flag into an optional field; "none" empties it.
template <class T, class Parse>
Result<void> set(std::optional<T>& field, const std::optional<std::string>& text, const char* flag,
                 Parse parse) {
  if (!text) return {};
  if (lower_case(*text) == "none") {
    field.reset();
    return {};
  }
  auto parsed = parse(*text);
  if (!parsed) return tl::unexpected(std::move(parsed.error()).within(flag));
  field = std::move(*parsed);
  return {};
}

Result<void> override_infra(Infra& infra, const std::optional<std::string>& text) {
  if (!text) return {};
  if (lower_case(*text) == "none") {
    infra = {};
    return {};
  }
  auto parsed = parse_infra(*text);
  if (!parsed) return tl::unexpected(std::move(parsed.error()).within("--infra"));
  infra = std::move(*parsed);
  return {};
}

Result<void> override_resources(Resources& one, const Overrides& overrides) {
  if (lower_case(overrides.image_id.value_or("")) == "none") one.docker_image.reset();
  Result<void> good = override_infra(one.infra, overrides.infra);
  if (good) good = set(one.accelerator, overrides.gpus, "--gpus", parse_accelerator);
  if (good) good = set(one.cpus, overrides.cpus, "--cpus", parse_cpus);
  if (good) {
    bool zero_allowed = one.infra.cloud == "slurm";
    good = set(one.memory, overrides.memory, "--memory", [zero_allowed](const std::string& text) {
      return parse_memory(text, zero_allowed);
    });
  }
  return good;
}

/// The flags that only a single task can take, as typed.
std::vector<std::string> single_task_flags(const Overrides& overrides) {
  std::vector<std::string> out;
  auto add = [&out](const char* flag, const std::optional<std::string>& value) {
    if (value) out.push_back(std::string(flag) + " " + *value);
  };
  add("--name", overrides.name);
  if (overrides.num_nodes) out.push_back(fmt::format("--num-nodes {}", *overrides.num_nodes));
  add("--infra", overrides.infra);
  add("--gpus", overrides.gpus);
  add("--cpus", overrides.cpus);
  add("--memory", overrides.memory);
  return out;
}

/// --gpus auto asks for none by name.
Overrides with_any_gpus(Overrides overrides, ResourceChoice& resources) {
  resources.takes_any_gpus = lower_case(overrides.gpus.value_or("")) == "auto";
  if (resources.takes_any_gpus) overrides.gpus = "none";
  return overrides;
}

Result<void> override_single(Task& task, const Overrides& given) {
  const Overrides overrides = with_any_gpus(given, task.resources);
  for (Resources& one : task.resources.candidates) {
    if (auto good = override_resources(one, overrides); !good) return good;
  }
  if (overrides.num_nodes) {
    if (*overrides.num_nodes <= 0) {
      return failure(fmt::format("--num-nodes: num_nodes should be a positive int. Got: {}",
                                 *overrides.num_nodes));
    }
    task.num_nodes = *overrides.num_nodes;
  }
  if (!overrides.name) return {};
  if (!is_task_name(*overrides.name)) {
    return failure(
        fmt::format("--name: Invalid task name {}. Valid name: letters and digits, with "
                    "one or two of . _ - between them",
                    *overrides.name));
  }
  task.name = *overrides.name;
  return {};
}

Result<void> override_workdir(Task& task, const Overrides& overrides,
                              const Surroundings& surroundings) {
  if (overrides.workdir) {
    auto absolute = surroundings.absolute(*overrides.workdir);
    if (!absolute) return tl::unexpected(std::move(absolute.error()).within("--workdir"));
    task.git.reset();
    task.workdir = std::move(*absolute);
    task.workdir_written = *overrides.workdir;
    task.workdir_line = 0;
    return {};
  }
  if (overrides.git_url) {
    std::optional<std::string> old_ref = task.git ? task.git->ref : std::nullopt;
    task.workdir.reset();
    task.git = GitSource{*overrides.git_url, old_ref};
  }
  if (overrides.git_ref && task.git) task.git->ref = *overrides.git_ref;
  return {};
}

}  // namespace

Result<void> apply_overrides(TaskFile& tasks, const Overrides& overrides,
                             const Surroundings& surroundings) {
  if (overrides.workdir && overrides.git_url) {
    return failure("Cannot specify both --git-url and --workdir");
  }
  for (Task& task : tasks.tasks) {
    if (auto good = override_workdir(task, overrides, surroundings); !good) return good;
    for (const std::string& text : overrides.config) {
      if (auto good = override_config(task.config, text); !good) return good;
    }
  }
  if (tasks.tasks.size() == 1 && tasks.execution == TaskFile::Execution::serial) {
    return override_single(tasks.tasks[0], overrides);
  }
  std::vector<std::string> ignored = single_task_flags(overrides);
  if (!ignored.empty()) {
    tasks.notices.push_back(fmt::format("{} ignored, since the yaml file contains multiple tasks",
                                        join(ignored, ", ")));
  }
  return {};
}

}  // namespace skyrun
