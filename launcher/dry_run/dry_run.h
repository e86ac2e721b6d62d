// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launcher/job/attended_jobs.h"
#include "launcher/task/task.h"

namespace skyrun {

/// Prints what would be run: as JSON alone on standard output, or for a person, with the notices on
/// standard error. Returns the exit code.
int show_dry_run(const TaskFile& file, const Submission& submission, bool json);

}  // namespace skyrun
