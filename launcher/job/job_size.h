// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/job/submission.h"

namespace skyrun {

/// A job and its nodes each travel in one frame (fabric/frame.h), the job with what the nodes say
/// of themselves beside it.
constexpr size_t kMaxJobBytes = size_t{8} << 20U;
constexpr size_t kMaxNodesBytes = size_t{6} << 20U;

/// Can the job be sent at all? Names what is too large and where it comes from.
Result<void> check_job_size(const Submission::Job& job);

/// The same of a job that is ready to run, with its seats and its group's names.
Result<void> check_job_size(const JobSpec& job);

}  // namespace skyrun
