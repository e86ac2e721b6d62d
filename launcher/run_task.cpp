// SPDX-License-Identifier: Apache-2.0
#include "launcher/run_task.h"

#include <fmt/format.h>

#include <csignal>
#include <random>
#include <utility>

#include "core/directory.h"
#include "core/open_files.h"
#include "launcher/exit_code.h"
#include "launcher/job/attended_job.h"
#include "launcher/job/job_number.h"
#include "launcher/job/job_plan.h"
#include "launcher/task/entrypoint.h"

namespace skyrun {
namespace {

struct Prepared {
  Session::Plan plan;
  std::string title;  // "YAML to run: …"
  std::vector<std::string> notices;
};

/// Adds to the notices of a task what only the whole command line shows.
std::vector<std::string> notices_of(const TaskFile& file, const NodePlan& nodes,
                                    const Options& options) {
  std::vector<std::string> notices = file.notices;
  const Task& task = file.tasks[0];
  notices.insert(notices.end(), task.notices.begin(), task.notices.end());
  notices.insert(notices.end(), nodes.notices.begin(), nodes.notices.end());
  if (options.no_setup && task.setup) notices.emplace_back("setup commands skipped");
  if (!task.setup && !task.run) notices.emplace_back("run commands not specified or empty");
  return notices;
}

Result<JobIdentity> new_identity(const std::string& home) {
  auto number = next_job_number(home);
  if (!number) return tl::unexpected(std::move(number.error()));
  std::random_device random;
  return make_identity(*number, std::chrono::system_clock::now(), static_cast<uint16_t>(random()),
                       account_name());
}

Result<Prepared> prepare(const Options& options, const std::string& home) {
  auto entrypoint = classify_entrypoint(options.words);
  if (!entrypoint) return tl::unexpected(std::move(entrypoint.error()));
  if (entrypoint->kind == Entrypoint::Kind::none)
    return failure("no task: name a task YAML, or a command after --");
  Overrides overrides = options.overrides;
  if (options.local && !overrides.num_nodes) overrides.num_nodes = options.local;
  auto file = load_entrypoint(*entrypoint, overrides);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (file->tasks.size() != 1)
    return failure(entrypoint->text + ": several tasks in one file have no effect yet");
  const Task& task = file->tasks[0];

  auto nodes = choose_nodes(options, static_cast<uint32_t>(task.num_nodes), home);
  if (!nodes) return tl::unexpected(std::move(nodes.error()));
  auto daemon = find_daemon();
  if (!daemon) return tl::unexpected(std::move(daemon.error()));
  auto identity = new_identity(home);
  if (!identity) return tl::unexpected(std::move(identity.error()));

  const bool is_file = entrypoint->kind == Entrypoint::Kind::file;
  Prepared prepared{
      .plan = plan_job(task, *nodes, options, *identity),
      .title = fmt::format("{} to run: {}", is_file ? "YAML" : "Command", entrypoint->text),
      .notices = notices_of(*file, *nodes, options)};
  prepared.plan.launch.daemon_path = *daemon;
  return prepared;
}

}  // namespace

int run_task(const Options& options) {
  const std::string home = home_directory();
  auto prepared = prepare(options, home);
  if (!prepared) {
    fmt::print(stderr, "skyrun: error: {}\n", prepared.error().text());
    return exit_error;
  }
  std::signal(SIGPIPE, SIG_IGN);
  raise_open_files();
  EventLoop loop;
  AttendedJob job(loop, std::move(prepared->plan), home);
  return job.run(prepared->title, prepared->notices, options.propagate_exit_code);
}

}  // namespace skyrun
