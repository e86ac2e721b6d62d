// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/text.h"
#include "launcher/task/apply_overrides.h"
#include "launcher/task/build_task.h"
#include "launcher/task/header.h"
#include "launcher/task/python_text.h"
#include "launcher/task/redact.h"
#include "launcher/task/text_file.h"
#include "launcher/task/variables.h"
#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

tl::unexpected<Error> no_task(const Site& site) {
  return failure(
      fmt::format("{} is empty or contains no task definition. Add at least a `run:` (or "
                  "`setup:`) field.",
                  python_repr(std::string_view(site.file))));
}

Result<void> check_documents(const std::vector<Value>& documents, const Site& site) {
  bool some = false;
  for (const Value& document : documents) {
    if (document.is_null()) continue;
    some = some || !document.is_dict() || !document.items.empty();
    if (document.is_dict()) continue;
    const char* what = document.is_list() ? "a list" : "a plain value";
    return site.error(document.mark, "",
                      fmt::format("a task must be a dict of fields such as `run:`, this document "
                                  "is {}",
                                  what));
  }
  if (some) return {};
  return no_task(site);
}

/// Unnamed tasks of several get "<name of the file>-<index>".
void fill_names(TaskFile& file) {
  if (file.tasks.size() == 1) {
    if (!file.tasks[0].name) file.tasks[0].name = file.name;
    return;
  }
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    Task& task = file.tasks[i];
    if (!task.name && file.name) task.name = fmt::format("{}-{}", *file.name, i);
  }
}

/// Nothing here starts a container: a candidate with an image is none, and one must be left.
Result<void> drop_images(Task& task, const Site& site) {
  auto& all = task.resources.candidates;
  const auto has_image = [](const Resources& one) { return one.docker_image.has_value(); };
  if (std::all_of(all.begin(), all.end(), has_image))
    return site.error(all[0].image_mark, "resources.image_id",
                      fmt::format("skyrun starts no containers, so the job cannot run in {}: take "
                                  "image_id out, or start the container in run; --image-id none "
                                  "runs it without",
                                  *all[0].docker_image));
  for (const Resources& one : all) {
    if (!one.docker_image) continue;
    const std::string notice = fmt::format(
        "resources: skyrun starts no containers, so what has image_id docker:{} is not chosen",
        *one.docker_image);
    if (std::find(task.notices.begin(), task.notices.end(), notice) == task.notices.end())
      task.notices.push_back(notice);
  }
  all.erase(std::remove_if(all.begin(), all.end(), has_image), all.end());
  return {};
}

Result<void> check_local_path(const Task& task, const Site& site) {
  std::error_code error;
  if (task.workdir && trim(task.workdir_written).empty())
    return site.error({.line = task.workdir_line}, task.workdir_line > 0 ? "workdir" : "--workdir",
                      "it is empty, which would be the whole working directory: has a variable in "
                      "it no value?");
  if (task.workdir && !std::filesystem::is_directory(*task.workdir, error)) {
    return site.error(
        {.line = task.workdir_line}, task.workdir_line > 0 ? "workdir" : "--workdir",
        fmt::format("Workdir must be a valid directory (or a symlink to a directory). "
                    "{} not found.",
                    redacted(task.workdir_written, task.secrets)));
  }
  for (const FileMount& mount : task.file_mounts) {
    if (mount.kind != FileMount::Kind::local) continue;
    if (std::filesystem::exists(mount.source, error)) continue;
    return site.error(
        {.line = mount.line}, "file_mounts." + redacted(mount.destination, task.secrets),
        fmt::format("File mount source {} does not exist locally. To fix: check if "
                    "it exists, and correct the path.",
                    python_repr(std::string_view(redacted(mount.written, task.secrets)))));
  }
  return {};
}

}  // namespace

Result<TaskFile> parse_task(std::string_view text, const std::string& file,
                            const Overrides& overrides, const Surroundings& surroundings) {
  Site site{file};
  auto variables = read_variables(overrides, surroundings);
  if (!variables) return tl::unexpected(variables.error());
  auto documents = parse_yaml(text, file);
  if (!documents) return tl::unexpected(documents.error());
  if (auto good = check_documents(*documents, site); !good) return tl::unexpected(good.error());
  auto out = take_header(*documents, site);
  if (!out) return tl::unexpected(out.error());
  out->notices.insert(out->notices.end(), variables->notices.begin(), variables->notices.end());
  for (Value& document : *documents) {
    if (document.is_null()) continue;
    auto task = build_task(std::move(document), *variables, site, surroundings);
    if (!task) return tl::unexpected(task.error());
    out->tasks.push_back(std::move(*task));
  }
  if (out->tasks.empty()) return no_task(site);  // a header, and empty documents behind it
  fill_names(*out);
  if (auto good = apply_overrides(*out, overrides, surroundings); !good) {
    return tl::unexpected(good.error());
  }
  for (Task& task : out->tasks) {
    if (auto good = drop_images(task, site); !good) return tl::unexpected(good.error());
  }
  return out;
}

Result<void> check_overrides(const Overrides& overrides, const Surroundings& surroundings) {
  auto variables = read_variables(overrides, surroundings);
  if (!variables) return tl::unexpected(std::move(variables.error()));
  TaskFile any;
  any.tasks.emplace_back();
  any.tasks[0].resources.candidates[0].infra.cloud = "slurm";  // where the most is allowed
  if (auto good = apply_overrides(any, overrides, surroundings); !good) return good;
  return check_local_paths(any, "");
}

Result<TaskFile> load_task_file(const std::string& path, const Overrides& overrides,
                                const Surroundings& surroundings) {
  const bool piped = path == "-";
  auto text = piped ? read_standard_input() : read_text_file(expand_home(path, surroundings.home));
  if (!text) return tl::unexpected(text.error());
  const std::string shown = piped ? "standard input" : path;
  auto tasks = parse_task(*text, shown, overrides, surroundings);
  if (!tasks) return tasks;
  Result<void> good = check_local_paths(*tasks, shown);
  if (good && !overrides.skip_remote_mounts) good = refuse_remote_mounts(*tasks, shown);
  if (!good) return tl::unexpected(std::move(good.error()));
  return tasks;
}

Result<TaskFile> command_task(const std::string& command, const Overrides& overrides,
                              const Surroundings& surroundings) {
  auto variables = read_variables(overrides, surroundings);
  if (!variables) return tl::unexpected(variables.error());
  Value config = dict_value();
  if (!command.empty()) config.set("run", text_value(command));
  auto task = build_task(std::move(config), *variables, Site{}, surroundings);
  if (!task) return tl::unexpected(task.error());
  task->name = "sky-cmd";
  TaskFile out;
  out.notices = variables->notices;
  out.tasks.push_back(std::move(*task));
  if (auto good = apply_overrides(out, overrides, surroundings); !good) {
    return tl::unexpected(good.error());
  }
  if (auto good = check_local_paths(out, ""); !good) return tl::unexpected(good.error());
  return out;
}

Result<void> refuse_remote_mounts(const TaskFile& tasks, const std::string& file) {
  const Site site{file};
  const auto refuse = [&site](int line, const std::string& field, const std::string& what) {
    return site.error({.line = line}, field,
                      fmt::format("nothing here {}: copy it in setup, or run without it by "
                                  "--skip-remote-mounts",
                                  what));
  };
  for (const Task& task : tasks.tasks) {
    for (const FileMount& mount : task.file_mounts) {
      if (mount.kind == FileMount::Kind::local) continue;
      const bool is_url = mount.kind == FileMount::Kind::cloud;
      return refuse(mount.line, "file_mounts." + redacted(mount.destination, task.secrets),
                    is_url ? "fetches " + redacted(mount.written, task.secrets) : "mounts buckets");
    }
    for (const auto& [place, line] : task.volumes)
      return refuse(line, "volumes." + place, "mounts volumes");
  }
  return {};
}

Result<void> check_local_paths(const TaskFile& tasks, const std::string& file) {
  for (const Task& task : tasks.tasks) {
    Site site{task.workdir_line > 0 || !task.file_mounts.empty() ? file : ""};
    if (auto good = check_local_path(task, site); !good) return good;
  }
  return {};
}

}  // namespace skyrun
