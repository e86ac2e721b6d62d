// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/job/attended_jobs.h"
#include "launcher/task/task.h"
#include "launcher/task/value.h"

namespace skyrun {

/// What a dry run shows, as docs/dryrun.md describes it: every task with its values as SkyPilot's
/// Task holds them, its nodes, its files and its stages. No value of a secret is in it: where one
/// was filled into a path, "<redacted>" stands.
Result<Value> dry_run_document(const TaskFile& file, const Submission& submission);

}  // namespace skyrun
