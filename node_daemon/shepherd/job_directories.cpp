// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/job_directories.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/directory.h"

namespace skyrun {
namespace {
constexpr unsigned kPrivateDirectory = 0700;
}  // namespace

std::string node_name(NodeId node) {
  return node == kHead ? "head" : fmt::format("worker{}", node.value);
}

Result<JobDirectories> JobDirectories::create(const JobSpec& job, NodeId node,
                                              const std::string& home) {
  if (auto there = check_home(home); !there) return tl::unexpected(std::move(there.error()));
  sweep_scratch(scratch_root(home));
  remove_old_runs(home, kMostOfAge);
  JobDirectories dirs;
  dirs.node_ = node;
  dirs.single_node_ = job.num_nodes == 1;
  dirs.task_id_ = job.task_id;
  dirs.home_ = home;
  dirs.logs_ = fmt::format("{}/sky_logs/{}/tasks", home, job.log_name);
  for (const auto& path : {dirs.logs_, home + "/.skyrun"}) {
    auto made = make_directories(path, kPrivateDirectory);
    if (!made) return tl::unexpected(std::move(made.error()));
  }
  dirs.in_use_.emplace(
      fmt::format("{}/sky_logs/{}", home, job.log_name.substr(0, job.log_name.find('/'))));
  auto workdir = Workdir::claim(job, home);
  if (!workdir) return tl::unexpected(std::move(workdir.error()));
  dirs.workdir_.emplace(std::move(*workdir));
  if (auto made = dirs.workdir_->make(); !made) return tl::unexpected(std::move(made.error()));
  point_link(logs_link(job, home), job.log_name);
  return dirs;
}

Result<void> JobDirectories::use_own_workdir() {
  workdir_->use_own();
  return workdir_->make();
}

Result<std::string> JobDirectories::scratch() {
  if (!scratch_) {
    auto made = ScratchDirectory::make(scratch_root(home_), task_id_);
    if (!made) return tl::unexpected(std::move(made.error()));
    scratch_.emplace(std::move(*made));
  }
  return scratch_->path();
}

Result<Fd> JobDirectories::open_log(Stage stage) const {
  if (stage == Stage::setup) {
    auto own = open_log_file(logs_ + "/setup.log", O_EXCL);
    if (own) return own;
    return open_log_file(fmt::format("{}/setup-{}.log", logs_, node_name(node_)));
  }
  if (single_node_) return open_log_file(logs_ + "/run.log");
  return open_log_file(fmt::format("{}/{}-{}.log", logs_, node_.value, node_name(node_)));
}

}  // namespace skyrun
