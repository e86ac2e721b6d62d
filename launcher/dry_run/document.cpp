// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/document.h"

#include <set>

#include "launcher/dry_run/file_list.h"
#include "launcher/git/git_url.h"
#include "launcher/task/canonical.h"
#include "launcher/task/redact.h"

namespace skyrun {
namespace {

Value text_or_null(const std::optional<std::string>& text) {
  return text ? text_value(*text) : Value{};
}

Value number(uint64_t value) {
  return integer_value(static_cast<int64_t>(value));
}

Value list_value() {
  Value list;
  list.kind = Value::Kind::list;
  return list;
}

Value texts(const std::vector<std::string>& all) {
  Value list = list_value();
  for (const auto& each : all) list.items.push_back(text_value(each));
  return list;
}

Value workdir_of(const Task& task) {
  if (!task.git) return text_or_null(task.workdir);
  Value git = dict_value();
  git.set("url", text_value(split_git_url(task.git->url).clean));
  if (task.git->ref) git.set("ref", text_value(*task.git->ref));
  return git;
}

Value mounts_of(const Task& task) {
  Value mounts = dict_value();
  for (const auto& mount : task.file_mounts) {
    const bool is_dict = mount.kind == FileMount::Kind::storage;
    mounts.set(mount.destination, is_dict ? mount.storage : text_value(mount.source));
  }
  return mounts;
}

Value envs_of(const Task& task) {
  Value envs = dict_value();
  DictWriter writer(envs);
  for (const auto& [name, value] : task.envs) writer.set(name, text_value(value));
  return envs;
}

Value secret_names(const Task& task) {
  Value names = list_value();
  for (const auto& [name, value] : task.secrets) names.items.push_back(text_value(name));
  return names;
}

/// Secrets that are not shown as envs anyway: --env-file fills both.
Secrets hidden_secrets(const Task& task) {
  const std::set<std::pair<std::string, std::string>> shown(task.envs.begin(), task.envs.end());
  Secrets hidden;
  for (const auto& [name, secret] : task.secrets) {
    if (!shown.contains({name, secret.reveal()})) hidden.emplace_back(name, secret);
  }
  return hidden;
}

Value node_value(const NodeSpec& node) {
  Value value = dict_value();
  value.set("rank", number(node.id.value));
  value.set("host", text_value(node.host));
  value.set("user", node.user.empty() ? Value{} : text_value(node.user));
  value.set("port", node.port == 0 ? Value{} : number(node.port));
  value.set("identity_file", node.identity_file.empty() ? Value{} : text_value(node.identity_file));
  value.set("local", boolean_value(node.local));
  value.set("home", node.home.empty() ? Value{} : text_value(node.home));
  value.set("address", node.address.empty() ? Value{} : text_value(node.address));
  return value;
}

Value nodes_of(const Submission::Job& job) {
  Value nodes = list_value();
  for (const auto& node : job.nodes) nodes.items.push_back(node_value(node));
  return nodes;
}

Value files_value(const FileList& files) {
  Value sent = list_value();
  for (const auto& file : files.sent) {
    Value one = dict_value();
    one.set("source", text_value(file.source));
    one.set("destination", text_value(file.destination));
    one.set("bytes", number(file.bytes));
    sent.items.push_back(std::move(one));
  }
  Value dropped = list_value();
  for (const auto& file : files.dropped) {
    Value one = dict_value();
    one.set("source", text_value(file.source));
    one.set("rule", text_value(file.rule));
    dropped.items.push_back(std::move(one));
  }
  Value out = dict_value();
  out.set("sent", std::move(sent));
  out.set("dropped", std::move(dropped));
  return out;
}

Value stages_of(const Task& task, const JobSpec& job) {
  std::vector<std::string> stages{to_text(Stage::nodes)};
  if (job.syncs_files || task.git) stages.emplace_back(to_text(Stage::sync));
  if (job.setup) stages.emplace_back(to_text(Stage::setup));
  if (job.run || !job.apps.empty()) stages.emplace_back(to_text(Stage::run));
  return texts(stages);
}

Result<Value> task_value(const Task& task, const Submission::Job& job) {
  const auto files = list_files(job.mounts);
  if (!files) return tl::unexpected(files.error());
  Value paths = dict_value();
  paths.set("workdir", workdir_of(task));
  paths.set("file_mounts", mounts_of(task));
  paths.set("files", files_value(*files));
  paths = redacted(std::move(paths), hidden_secrets(task));

  Value value = dict_value();
  value.set("name", text_or_null(task.name));
  value.set("num_nodes", integer_value(task.num_nodes));
  value.set("resources", resources_value(task.resources));
  value.set("envs", envs_of(task));
  value.set("secrets", secret_names(task));
  value.set("workdir", *paths.find("workdir"));
  value.set("file_mounts", *paths.find("file_mounts"));
  value.set("setup", text_or_null(task.setup));
  value.set("run", text_or_null(task.run));
  value.set("nodes", nodes_of(job));
  value.set("files", *paths.find("files"));
  value.set("stages", stages_of(task, job.spec));
  value.set("notices", texts(task.notices));
  return value;
}

}  // namespace

Result<Value> dry_run_document(const TaskFile& file, const Submission& submission) {
  const bool parallel = file.execution == TaskFile::Execution::parallel;
  Value document = dict_value();
  document.set("name", text_or_null(file.name));
  document.set("execution", text_value(parallel ? "parallel" : "serial"));
  Value tasks = list_value();
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    auto value = task_value(file.tasks[i], submission.jobs[i]);
    if (!value) return value;
    tasks.items.push_back(std::move(*value));
  }
  document.set("tasks", std::move(tasks));
  document.set("notices", texts(submission.notices));
  return document;
}

}  // namespace skyrun
