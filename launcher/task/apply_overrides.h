// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/task/overrides.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"

namespace skyrun {

/// Puts the command line over every task of a file. Name, number of nodes and resources are left
/// alone, with a notice, where there are several tasks, since it is not clear which one is meant.
/// Fails on a text that its flag does not take, naming the flag.
Result<void> apply_overrides(TaskFile& tasks, const Overrides& overrides,
                             const Surroundings& surroundings);

}  // namespace skyrun
