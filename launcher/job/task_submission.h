// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "launcher/job/job_identity.h"
#include "launcher/job/submission.h"
#include "launcher/nodes/node_plan.h"
#include "launcher/options.h"
#include "launcher/task/task.h"

namespace skyrun {

/// The jobs of a task file: one; or a pipeline, whose tasks run one after the other on the same
/// hosts; or a job group, whose tasks run side by side, each on hosts of its own; or ranks of a
/// program.
///
/// `title` is what the person sees first, `home` this account's, `daemon` the path of skyrund.
Result<Submission> make_submission(const TaskFile& file, const Options& options,
                                   const JobIdentity& identity, const std::string& title,
                                   const std::string& home, const std::string& daemon);

}  // namespace skyrun
