// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "launcher/task/task.h"
#include "launcher/task/value.h"

namespace skyrun {

/// The hooks of a task: those of `config.hooks` (every event, an hour, unless they say otherwise),
/// then the old `resources.autostop.hook`. Both dicts have passed their schemas.
std::vector<Hook> hooks_of(const Value& config, const Value& resources);

/// `job_recovery` in its canonical form as a value.
std::optional<JobRecovery> job_recovery_of(const Resources& resources);

}  // namespace skyrun
