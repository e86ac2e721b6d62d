// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/exec_limits.h"
#include "protocol/job_spec.h"
#include "protocol/message.h"

namespace skyrun {

/// What the wrapper of a stage exports, in order: a later one wins over an earlier of the same
/// name. As SkyPilot sets them (running-jobs/environment-variables.rst and its task_codegen.py),
/// and in setup also the rank, the node list and the GPU count, which SkyPilot leaves out there.
///
/// A user's env can shadow SKYPILOT_NODE_IPS, SKYPILOT_NUM_NODES and SKYPILOT_TASK_ID in run, and
/// nothing else of ours.
Variables exported_variables(const Prepare& prepare, Stage stage, NodeId node);

/// What a rank has of its node in the stage; null: nothing was said of it. Only run is placed.
const RankSeat* seat_of(const JobSeats& seats, Stage stage, NodeId node, LocalRank local = {});

/// A rank of apps on its node.
struct RankPlace {
  NodeId node;
  Rank rank;
  LocalRank local;
  uint32_t local_size = 1;
};

const App& app_of(const JobSpec& job, Rank rank);

/// The environment of a rank of apps: ours, the job's variables over it, what its seat sets, and
/// what tells it who it is. Each name once.
Result<std::vector<std::string>> rank_environment(const std::vector<std::string>& ours,
                                                  const Prepare& prepare, const RankPlace& place);

/// The environment of the stage's process: ours ("NAME=value"), with just the stage's view of the
/// GPUs, and what the rank's seat sets.
std::vector<std::string> process_environment(const std::vector<std::string>& ours,
                                             const JobSeats& seats, Stage stage, NodeId node);

/// No stage's programs would have more of an environment than a program can be started with: `ours`
/// and what is exported, each name once.
Result<void> check_environments(const std::vector<std::string>& ours, const Prepare& prepare,
                                NodeId node, const ExecLimits& limits);

/// The environment of this process.
std::vector<std::string> own_environment();

/// CUDA_VISIBLE_DEVICES of the stage's process: absent in setup, so that every device is seen;
/// in run the ids of the GPUs asked for, empty when none was.
std::optional<std::string> visible_devices(const JobSeats& seats, Stage stage);

}  // namespace skyrun
