// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/git/git_checkout.h"
#include "launcher/job/attended_jobs.h"
#include "launcher/task/task.h"

namespace skyrun {

using GitCheckouts = std::vector<std::unique_ptr<GitCheckout>>;

/// Clones the repositories that tasks have for their workdirs, each once, below ~/.skyrun/run of
/// this account's `home`, and puts them among the files that the jobs send. What is returned must
/// live as long as the jobs.
Result<GitCheckouts> check_out_workdirs(const TaskFile& file, Submission& submission,
                                        const std::string& home);

}  // namespace skyrun
