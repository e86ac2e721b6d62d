// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/job/submission.h"

namespace skyrun {

/// A job and its nodes travel in one frame (fabric/frame.h), and its nodes in another without it.
constexpr size_t kMaxJobBytes = size_t{8} << 20U;
constexpr size_t kMaxNodesBytes = size_t{6} << 20U;

/// Can the job be sent at all? Names what is too large and where it comes from.
Result<void> check_job_size(const Submission::Job& job);

}  // namespace skyrun
