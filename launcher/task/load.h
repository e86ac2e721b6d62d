// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "launcher/task/overrides.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"

namespace skyrun {

/// Reads a SkyPilot task file: one task, a pipeline or a job group, as
/// https://docs.skypilot.co/en/latest/reference/yaml-spec.html describes them, with the command
/// line's overrides applied and every local path found to exist.
///
/// Errors begin with "FILE:LINE: FIELD:" and never hold the value of a secret.
Result<TaskFile> load_task_file(const std::string& path, const Overrides& overrides,
                                const Surroundings& surroundings = Surroundings::here());

/// The same from text already read, without looking at workdir and file_mounts on disk.
/// `file` is only used in error texts.
Result<TaskFile> parse_task(std::string_view text, const std::string& file,
                            const Overrides& overrides, const Surroundings& surroundings);

/// That what the command line says can be followed whatever the task is: its values, its variables
/// and their files, its workdir. Only the command line is to blame for what is wrong with these.
Result<void> check_overrides(const Overrides& overrides,
                             const Surroundings& surroundings = Surroundings::here());

/// A bash command as a task, named "sky-cmd" (skyrun -- echo hi).
Result<TaskFile> command_task(const std::string& command, const Overrides& overrides,
                              const Surroundings& surroundings = Surroundings::here());

/// That nothing of a task's data is where only SkyPilot's clouds reach it; load_task_file() asks
/// unless the overrides say to run without.
Result<void> refuse_remote_mounts(const TaskFile& tasks, const std::string& file);

/// That workdir is a directory and every local file mount is there.
Result<void> check_local_paths(const TaskFile& tasks, const std::string& file);

}  // namespace skyrun
