// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"
#include "core/subprocess.h"
#include "node_daemon/shepherd/environment.h"
#include "node_daemon/shepherd/job_directories.h"
#include "node_daemon/shepherd/stage_script.h"
#include "protocol/message.h"

namespace skyrun {

/// What a process of a stage is started with.
struct StageLaunch {
  Command command;     ///< but for where its output goes
  StageScript script;  ///< what its shell reads
  bool apart = false;  ///< its standard error does not go where its standard output goes
  Fd log;              ///< of its output on this node; may be closed
};

/// Bash, interactive, with the commands of setup or run.
Result<StageLaunch> launch_script(const Prepare& prepare, Stage stage, NodeId node,
                                  const JobDirectories& directories, const std::string& home);

/// A rank of the job's apps, its program executed as it is. Where the app's directory is missing
/// and it does not insist on it, the rank starts in the home.
Result<StageLaunch> launch_rank(const Prepare& prepare, const RankPlace& place,
                                const JobDirectories& directories, const std::string& home);

/// "bound to CPUs 0-3, …": what a rank with that seat is bound to, as the kernel has it now.
std::string binding_text(pid_t pid, const RankSeat* seat);

}  // namespace skyrun
