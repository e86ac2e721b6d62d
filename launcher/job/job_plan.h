// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "launcher/job/job_identity.h"
#include "launcher/job/session.h"
#include "launcher/nodes/node_plan.h"
#include "launcher/options.h"
#include "launcher/task/task.h"

namespace skyrun {

/// The nodes that the command line asks for: the host list of --hostfile or --host, else embedded
/// ones. `home` is this account's.
Result<NodePlan> choose_nodes(const Options& options, uint32_t num_nodes, const std::string& home);

/// The job of a task on its nodes. `identity` is the new job's.
Session::Plan plan_job(const Task& task, const NodePlan& nodes, const Options& options,
                       const JobIdentity& identity);

/// The skyrund that belongs to this skyrun: beside it, or in the libexec directory of its prefix.
Result<std::string> find_daemon();

}  // namespace skyrun
