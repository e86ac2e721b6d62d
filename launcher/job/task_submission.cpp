// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/task_submission.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/exec_limits.h"
#include "core/text.h"
#include "fabric/tree.h"
#include "launcher/job/group_names.h"
#include "launcher/job/job_size.h"
#include "launcher/job/node_choice.h"
#include "launcher/job/rank_submission.h"
#include "launcher/task/infra.h"

namespace skyrun {
namespace {

std::vector<Mount> mounts_of(const Task& task) {
  std::vector<Mount> mounts;
  if (task.workdir) mounts.push_back({.source = *task.workdir, .destination = "~/sky_workdir"});
  for (const auto& mount : task.file_mounts) {
    if (mount.kind == FileMount::Kind::local) mounts.push_back({mount.source, mount.destination});
  }
  return mounts;
}

Variables revealed(const std::vector<std::pair<std::string, Secret>>& secrets) {
  Variables variables;
  variables.reserve(secrets.size());
  for (const auto& [name, value] : secrets) variables.emplace_back(name, value.reveal());
  return variables;
}

LaunchOptions launch_options(const Options& options, uint32_t nodes, const std::string& daemon) {
  LaunchOptions launch{.ssh_options = options.ssh_options,
                       .daemon_path = daemon,
                       .arity = options.tree_arity.value_or(default_arity(nodes)),
                       .start_timeout = options.start_timeout,
                       .interface = options.interface};
  launch.agent.clear();
  for (const auto word : split_words(options.launch_agent)) launch.agent.emplace_back(word);
  return launch;
}

/// What no program could be started with, here or on a node like this machine.
Result<void> check_task_variables(const Task& task) {
  const auto limits = ExecLimits::here();
  if (auto good = check_variables(task.envs, limits); !good) return good;
  return check_variables(revealed(task.secrets), limits);
}

/// Everything of a job that its task and nodes decide.
JobSpec spec_of(const Task& task, const NodePlan& nodes, const Options& options,
                const JobIdentity& identity) {
  return {.id = identity.number,
          .name = task.name.value_or(""),
          .task_id = identity.task_id(),
          .log_name = "sky-" + identity.time,
          .cluster_info = cluster_info(identity.cluster, nodes.embedded ? "Local" : "SSH",
                                       nodes.pool.empty() ? "" : "ssh-" + nodes.pool),
          .user = identity.user,
          .num_nodes = static_cast<uint32_t>(nodes.nodes.size()),
          .envs = task.envs,
          .secrets = revealed(task.secrets),
          .setup = options.no_setup ? std::nullopt : task.setup,
          .run = task.run,
          .reports_bindings = options.report_bindings,
          .grace = options.grace,
          .linger = options.linger,
          .sync_timeout = options.sync_timeout};
}

Submission::Job job_of(const Task& task, NodePlan nodes, const Options& options,
                       const JobIdentity& identity, const std::string& daemon) {
  Submission::Job job{
      .spec = spec_of(task, nodes, options, identity),
      .nodes = std::move(nodes.nodes),
      .mounts = mounts_of(task),
      .mode = options.launch,
      .wishes = {.resources = task.resources.wishes(), .placement = options.placement}};
  job.wishes.resources.insists = !options.skip_resource_check;
  for (auto& node : job.nodes) {
    node.by_client = node.by_client || (options.launch == LaunchMode::flat && node.id != kHead);
  }
  job.spec.syncs_files = !job.mounts.empty();
  job.launch = launch_options(options, job.spec.num_nodes, daemon);
  job.launch.wants_machines =
      job.wishes.placement.needs_machines() || job.wishes.resources.needs_devices();
  return job;
}

std::vector<std::string> notices_of(const TaskFile& file, const NodeChoice& choice,
                                    const Options& options) {
  std::vector<std::string> notices = options.notices;
  const auto add = [&notices](const std::vector<std::string>& more) {
    for (const auto& each : more) {  // once, however many tasks say it
      if (std::find(notices.begin(), notices.end(), each) == notices.end()) notices.push_back(each);
    }
  };
  add(file.notices);
  if (!options.overrides.config.empty()) add({"--config has no effect yet"});
  const auto& infra = options.overrides.infra;
  const Infra flag = infra ? parse_infra(*infra).value_or(Infra{}) : Infra{};
  if (!flag.cloud.empty() && flag.cloud != "ssh" && flag.cloud != "slurm")
    add({"--infra has no effect without a cloud: " + *infra});
  for (const auto& task : file.tasks) {
    add(task.notices);
    if (options.no_setup && task.setup) add({"setup commands skipped"});
    if (!task.setup && !task.run) add({"run commands not specified or empty"});
  }
  add(choice.notices());
  return notices;
}

/// The marks of a task among others: its ids, where its logs go, what its nodes are called.
void mark_as_one_of_many(Submission::Job& one, const TaskFile& file, const JobIdentity& identity,
                         size_t index) {
  JobSpec& job = one.spec;
  const std::string name = file.name.value_or(job.name);
  std::vector<std::string> ids;
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    ids.push_back(identity.managed_task_id(name, file.tasks[i].name.value_or(""), i));
  }
  job.task_id = ids[index];
  job.log_name = fmt::format("sky-managed-{}/{}-{}", identity.time, index,
                             job.name.empty() ? "task" : job.name);
  job.envs.emplace_back("SKYPILOT_TASK_IDS", join(ids, "\n"));
  const std::string label = job.name.empty() ? std::to_string(index + 1) : job.name;
  one.title = fmt::format("Task {} of {}: {}", index + 1, ids.size(),
                          job.name.empty() ? "unnamed" : job.name);
  one.subject = "Task " + label;
  if (file.execution == TaskFile::Execution::serial) return;
  job.group = name;
  job.envs.emplace_back("SKYPILOT_JOBGROUP_NAME", name);
  for (size_t i = 0; i < one.nodes.size(); ++i) {
    one.names.push_back(fmt::format("{}-{}", job.name, i));
  }
}

/// A program's standard output is its own.
Voice voice_of(const Options& options) {
  return options.ranks && options.voice == Voice::normal ? Voice::program : options.voice;
}

Result<NodePlan> nodes_for(Task& task, NodeChoice& choice, const Options& options, bool beside) {
  if (options.ranks) return choice.take_all(options.overrides.num_nodes, task.resources);
  return choice.take(static_cast<uint32_t>(task.num_nodes), beside, task.resources);
}

void mark_group(Submission& submission, const TaskFile& file) {
  submission.group = file.name.value_or("");
  const auto delay_of = [&file](const std::string& task) {
    int seconds = 0;
    for (const auto& [name, value] : file.termination_delays) {
      if (name == "default") seconds = value;
    }
    for (const auto& [name, value] : file.termination_delays) {
      if (name == task) seconds = value;
    }
    return std::chrono::milliseconds(seconds * 1000);
  };
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    const std::string name = file.tasks[i].name.value_or("");
    submission.termination_delays.push_back(delay_of(name));
    const auto& primary = file.primary_tasks;
    if (std::find(primary.begin(), primary.end(), name) != primary.end())
      submission.primary.push_back(i);
  }
}

}  // namespace

Result<Submission> make_submission(const TaskFile& file, const Options& options,
                                   const JobIdentity& identity, const std::string& title,
                                   const std::string& home, const std::string& daemon) {
  auto choice = NodeChoice::make(options, home);
  if (!choice) return tl::unexpected(std::move(choice.error()));
  const bool parallel = file.execution == TaskFile::Execution::parallel;
  Submission submission{.order = parallel ? Submission::Order::parallel : Submission::Order::serial,
                        .voice = voice_of(options)};
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    Task task = file.tasks[i];
    if (auto fit = check_task_variables(task); !fit) return tl::unexpected(std::move(fit.error()));
    auto nodes = nodes_for(task, *choice, options, parallel);
    if (!nodes) return tl::unexpected(std::move(nodes.error()));
    auto job = job_of(task, std::move(*nodes), options, identity, daemon);
    if (options.ranks) make_ranks(job, options);
    const bool is_part = parallel || file.tasks.size() > 1;
    if (is_part) mark_as_one_of_many(job, file, identity, i);
    if (auto fits = check_job_size(job); !fits) return tl::unexpected(std::move(fits.error()));
    for (auto& mount : job.mounts) mount.home = home;
    submission.jobs.push_back(std::move(job));
  }
  auto& first = submission.jobs[0];
  first.title = first.title.empty() ? title : title + "\n" + first.title;
  submission.notices = notices_of(file, *choice, options);
  submission.log_directory =
      fmt::format("{}/sky_logs/{}", home, split(first.spec.log_name, '/')[0]);
  for (const auto& job : submission.jobs) submission.log_links.push_back(logs_link(job.spec, home));
  if (parallel) mark_group(submission, file);
  return submission;
}

}  // namespace skyrun
