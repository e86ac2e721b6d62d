// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/task/overrides.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"

namespace skyrun {

/// What the words after the options stand for, by SkyPilot's rule: joined by one space, they name a
/// task file when there is a readable file of that name that holds YAML dicts; anything else is a
/// bash command. No quoting is restored: `-- echo "a  b"` runs `echo a  b`.
struct Entrypoint {
  enum class Kind { none, file, command };

  Kind kind = Kind::none;  ///< none: no words at all
  std::string text;        ///< the path or the command
};

/// Fails on a file that was surely meant as a task: it is there and ends in .yaml or .yml, yet it
/// cannot be read or is not YAML.
Result<Entrypoint> classify_entrypoint(const std::vector<std::string>& words);

/// The tasks the entry point stands for: of the file, of the command, or one empty task.
Result<TaskFile> load_entrypoint(const Entrypoint& entrypoint, const Overrides& overrides,
                                 const Surroundings& surroundings = Surroundings::here());

}  // namespace skyrun
