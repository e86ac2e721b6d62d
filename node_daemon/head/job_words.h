// SPDX-License-Identifier: Apache-2.0
//
// What a job says to people of the nodes that it waits for. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "node_daemon/head/cluster.h"
#include "node_daemon/head/job_roster.h"
#include "node_daemon/head/job_state.h"
#include "node_daemon/head/sync_progress.h"

namespace skyrun {

Progress progress_of(JobPhase phase, Stage stage, const JobRoster& roster, const SyncProgress& sync,
                     const Cluster& cluster);

/// One line for each node that has said nothing within the time: that it is up, or in a later phase
/// that it is prepared.
std::vector<std::string> unheard(JobPhase phase, std::chrono::milliseconds within,
                                 const JobRoster& roster, const Cluster& cluster);

/// One line for each of the first nodes that are slowest to take files.
std::vector<std::string> stuck_in_sync(const SyncProgress& sync, std::chrono::milliseconds within,
                                       const JobRoster& roster, const Cluster& cluster);

}  // namespace skyrun
