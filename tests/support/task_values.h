// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "launcher/dry_run/json.h"
#include "launcher/task/canonical.h"
#include "launcher/task/python_text.h"
#include "launcher/task/task.h"

namespace skyrun {

/// A loaded task file as a tree of values, to look at in tests and to compare with others. A secret
/// is shown as "<redacted>", or with its value where `reveal` says so.
class TaskValues {
 public:
  explicit TaskValues(bool reveal = false) : reveal_(reveal) {}

  Value file(const TaskFile& file) const {
    Value out = dict_value();
    put(out, "name", file.name);
    out.set("execution", text_value(is_parallel(file) ? "parallel" : "serial"));
    if (!file.primary_tasks.empty()) out.set("primary_tasks", list(file.primary_tasks));
    Value delays = dict_value();
    for (const auto& [task, seconds] : file.termination_delays) {
      delays.set(task, integer_value(seconds));
    }
    if (!delays.keys.empty()) out.set("termination_delay", delays);
    Value tasks = list({});
    for (const Task& one : file.tasks) tasks.items.push_back(task(one));
    out.set("tasks", tasks);
    if (!file.notices.empty()) out.set("notices", list(file.notices));
    return out;
  }

  Value task(const Task& task) const {
    Value out = dict_value();
    put(out, "name", task.name);
    put(out, "workdir", task.workdir);
    if (task.git) out.set("workdir", git(*task.git));
    out.set("num_nodes", integer_value(task.num_nodes));
    out.set("resources", resources_value(task.resources));
    out.set("envs", envs(task));
    out.set("secrets", secrets(task));
    out.set("file_mounts", mounts(task));
    put(out, "setup", task.setup);
    put(out, "run", task.run);
    put(out, "event_callback", task.event_callback);
    if (!task.config.is_null()) out.set("config", task.config);
    if (!task.hooks.empty()) out.set("hooks", hooks(task));
    if (task.job_recovery) out.set("job_recovery", recovery(*task.job_recovery));
    out.set("gpus_per_node", integer_value(task.resources.first().gpus_per_node()));
    out.set("setup_gpus_per_node", integer_value(task.resources.first().setup_gpus_per_node()));
    if (!task.notices.empty()) out.set("notices", list(task.notices));
    return out;
  }

 private:
  static bool is_parallel(const TaskFile& file) {
    return file.execution == TaskFile::Execution::parallel;
  }

  static void put(Value& dict, const char* name, const std::optional<std::string>& text) {
    if (text) dict.set(name, text_value(*text));
  }

  static Value list(const std::vector<std::string>& texts) {
    Value out;
    out.kind = Value::Kind::list;
    for (const std::string& text : texts) out.items.push_back(text_value(text));
    return out;
  }

  static Value git(const GitSource& git) {
    Value out = dict_value();
    out.set("url", text_value(git.url));
    put(out, "ref", git.ref);
    return out;
  }

  static Value envs(const Task& task) {
    Value out = dict_value();
    for (const auto& [name, value] : task.envs) out.set(name, text_value(value));
    return out;
  }

  Value secrets(const Task& task) const {
    Value out = dict_value();
    for (const auto& [name, value] : task.secrets) {
      out.set(name, text_value(reveal_ ? value.reveal() : Secret::kRedacted));
    }
    return out;
  }

  static Value mounts(const Task& task) {
    Value out = dict_value();
    for (const FileMount& mount : task.file_mounts) {
      bool is_dict = mount.kind == FileMount::Kind::storage;
      out.set(mount.destination, is_dict ? mount.storage : text_value(mount.source));
    }
    return out;
  }

  static Value hooks(const Task& task) {
    Value out = list({});
    for (const Hook& hook : task.hooks) {
      Value one = dict_value();
      one.set("run", text_value(hook.run));
      one.set("events", list(hook.events));
      one.set("timeout", integer_value(hook.timeout_seconds));
      out.items.push_back(std::move(one));
    }
    return out;
  }

  static Value recovery(const JobRecovery& recovery) {
    Value out = dict_value();
    put(out, "strategy", recovery.strategy);
    out.set("max_restarts_on_errors", integer_value(recovery.max_restarts_on_errors));
    Value codes = list({});
    for (int code : recovery.recover_on_exit_codes) codes.items.push_back(integer_value(code));
    out.set("recover_on_exit_codes", codes);
    return out;
  }

  bool reveal_;
};

/// Every leaf of a tree as a line `path = JSON`; a list of plain values is one leaf.
inline void add_lines(const Value& value, const std::string& path, std::vector<std::string>& out) {
  bool nested = value.is_dict() && !value.items.empty();
  for (const Value& item : value.items) {
    nested = nested || (value.is_list() && (item.is_dict() || item.is_list()));
  }
  if (!nested) {
    out.push_back(path + " = " + to_json_line(value));
    return;
  }
  for (size_t i = 0; i < value.items.size(); ++i) {
    std::string part = value.is_list() ? "[" + std::to_string(i) + "]" : python_str(value.keys[i]);
    if (value.is_dict() && !path.empty()) part.insert(0, 1, '.');
    add_lines(value.items[i], path + part, out);
  }
}

}  // namespace skyrun
