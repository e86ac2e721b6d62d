// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/fd.h"
#include "core/old_runs.h"
#include "core/result.h"
#include "core/scratch_directory.h"
#include "node_daemon/shepherd/workdir.h"
#include "protocol/job_spec.h"
#include "protocol/message.h"

namespace skyrun {

/// Where a job keeps its files on a node:
///
///     ~/.skyrun/run/<task id>-<hex>/      what it needs while it lives; made when it does
///     ~/sky_logs/sky-<time>/tasks/        its logs, for this user alone
///     ~/sky_logs/<job id>-<name>          a link to the logs, as SkyPilot names them
///     ~/sky_workdir/                      where its programs start; or, while another job has it,
///     ~/sky_logs/sky-<time>/workdir/
class JobDirectories {
 public:
  /// Creates them, and removes what dead jobs left. A full disk, a foreign file in the way or a
  /// missing home is an error that names the path.
  static Result<JobDirectories> create(const JobSpec& job, NodeId node, const std::string& home);

  /// Opens the log of a stage for appending: `<rank>-head.log`, `<rank>-worker<k>.log`, `run.log`
  /// when the job has one node; `setup.log`, or `setup-<worker>.log` on a home that other nodes
  /// share, where the first of them has taken the name.
  Result<Fd> open_log(Stage stage) const;

  const Workdir& workdir() const { return *workdir_; }
  /// Leaves ~/sky_workdir to the job that has it.
  Result<void> use_own_workdir();

  /// The path of a directory that lives as long as this job does here.
  Result<std::string> scratch();
  void remove_scratch() { scratch_.reset(); }

 private:
  NodeId node_;
  bool single_node_ = true;
  std::string task_id_;
  std::string home_;
  std::string logs_;
  std::optional<RunLock> in_use_;
  std::optional<Workdir> workdir_;
  std::optional<ScratchDirectory> scratch_;
};

/// "head", "worker1", …: the name of a node in prefixes and log files.
std::string node_name(NodeId node);

}  // namespace skyrun
