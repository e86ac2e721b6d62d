// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"

namespace skyrun {

/// The next job number of this account, from 1: kept in ~/.skyrun/job_number under a lock, so that
/// no two jobs have the same one.
Result<uint64_t> next_job_number(const std::string& home);

}  // namespace skyrun
