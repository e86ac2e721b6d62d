// SPDX-License-Identifier: Apache-2.0
#include "launcher/run_task.h"

#include <fmt/format.h>

#include <optional>
#include <random>
#include <utility>

#include "core/directory.h"
#include "core/installation.h"
#include "core/limit_signals.h"
#include "core/old_runs.h"
#include "core/open_files.h"
#include "core/scratch_directory.h"
#include "core/signal_hold.h"
#include "launcher/dry_run/dry_run.h"
#include "launcher/exit_code.h"
#include "launcher/job/git_workdirs.h"
#include "launcher/job/job_number.h"
#include "launcher/job/local_homes.h"
#include "launcher/job/task_submission.h"
#include "launcher/presentable.h"
#include "launcher/say.h"
#include "launcher/task/load.h"

namespace skyrun {
namespace {

/// A dry run consumes no number.
Result<JobIdentity> new_identity(const Options& options, const std::string& home) {
  if (auto there = check_home(home); !there) return tl::unexpected(std::move(there.error()));
  auto number = options.dryrun ? Result<uint64_t>(0) : next_job_number(home);
  if (!number) return tl::unexpected(std::move(number.error()));
  std::random_device random;
  return make_identity(*number, std::chrono::system_clock::now(), static_cast<uint16_t>(random()),
                       account_name());
}

/// --local says for a single task how many nodes it has.
Result<TaskFile> load(const Options& options) {
  auto file = load_entrypoint(options.entrypoint, options.overrides);
  const bool single =
      file && file->tasks.size() == 1 && file->execution == TaskFile::Execution::serial;
  if (single && options.local && !options.overrides.num_nodes)
    file->tasks[0].num_nodes = *options.local;
  return file;
}

struct Prepared {
  TaskFile file;
  Submission submission;
};

Result<Prepared> prepare(const Options& options, const std::string& home) {
  auto file = load(options);
  if (!file) return tl::unexpected(std::move(file.error()));
  const auto self = own_program();
  auto daemon = self ? find_skyrund(*self) : self;
  if (!daemon) return tl::unexpected(std::move(daemon.error()));
  auto identity = new_identity(options, home);
  if (!identity) return tl::unexpected(std::move(identity.error()));
  const bool is_file = options.entrypoint.kind == Entrypoint::Kind::file;
  const auto title = fmt::format("{} to run: {}", is_file ? "YAML" : "Command",
                                 presentable(options.entrypoint.text));
  auto submission = make_submission(*file, options, *identity, title, home, *daemon);
  if (!submission) return tl::unexpected(std::move(submission.error()));
  return Prepared{std::move(*file), std::move(*submission)};
}

int refuse(const Error& error, ExitCode code = exit_error) {
  say_line("skyrun: error: " + presentable(error.text()));
  return code;
}

}  // namespace

int run_task(const Options& options) {
  const std::string home = home_directory();
  if (auto good = check_overrides(options.overrides); !good)
    return refuse(good.error(), exit_usage);
  auto prepared = prepare(options, home);
  if (!prepared) return refuse(prepared.error());
  Submission& submission = prepared->submission;
  if (options.dryrun) return show_dry_run(prepared->file, submission, options.json);
  LocalHomes homes;
  if (auto settled = homes.settle(submission, home); !settled) return refuse(settled.error());
  sweep_scratch(scratch_root(home));
  remove_old_runs(home, kMostOfAge);
  std::optional<SignalHold> hold(std::in_place);
  auto checkouts = check_out_workdirs(prepared->file, submission, home);
  if (!checkouts) return refuse(checkouts.error());
  outlive_limit_signals();
  raise_open_files();
  EventLoop loop;
  AttendedJobs jobs(loop, std::move(submission));
  hold.reset();
  return jobs.run(options.propagate_exit_code || options.ranks);
}

}  // namespace skyrun
