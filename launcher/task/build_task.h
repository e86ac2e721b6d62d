// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/task/site.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"
#include "launcher/task/value.h"
#include "launcher/task/variables.h"

namespace skyrun {

/// One document of a task file as a task, in the order of SkyPilot's Task.from_yaml_config: texts
/// of variables, shape, the command line's variables, missing values, substitution, fields.
/// `config` must be a dict.
Result<Task> build_task(Value config, const CliVariables& variables, const Site& site,
                        const Surroundings& surroundings);

}  // namespace skyrun
