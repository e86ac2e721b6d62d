// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "protocol/job_spec.h"

namespace skyrun {

/// The bash script of a stage: SkyPilot's wrapper (log_lib.py, make_task_bash_script) around the
/// user's commands, which stand in it to the letter. There is no `set -e`: the last command's exit
/// code is the stage's.
std::string stage_script(const Variables& exports, std::string_view commands);

}  // namespace skyrun
