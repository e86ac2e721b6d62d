// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"
#include "protocol/job_spec.h"
#include "protocol/message.h"

namespace skyrun {

/// Where a job keeps its files on a node:
///
///     ~/.skyrun/run/<task id>-<node>/     its scripts, 0700; gone when the job is
///     ~/sky_logs/sky-<time>/tasks/        its logs
///     ~/sky_logs/<job id>-<name>          a link to the logs, as SkyPilot names them
///     ~/sky_workdir/                      where its programs start
class JobDirectories {
 public:
  /// Creates them. A full disk or a foreign file in the way is an error that names the path.
  static Result<JobDirectories> create(const JobSpec& job, NodeId node, const std::string& home);

  /// Writes the script of a stage, readable by its owner only: it holds the job's secrets.
  Result<std::string> write_script(Stage stage, const std::string& text) const;

  /// Writes what the programs of a job group see as /etc/hosts: this node's, and `lines`.
  Result<std::string> write_hosts(const std::string& lines) const;

  /// Opens the log of a stage for appending: `<rank>-head.log`, `<rank>-worker<k>.log`, `run.log`
  /// when the job has one node; `setup.log`, or `setup-<worker>.log` on a home that other nodes
  /// share, where the first of them has taken the name.
  Result<Fd> open_log(Stage stage) const;

  void remove_run_directory() const;

 private:
  NodeId node_;
  bool single_node_ = true;
  std::string run_;
  std::string logs_;
};

/// "head", "worker1", …: the name of a node in prefixes and log files.
std::string node_name(NodeId node);

}  // namespace skyrun
