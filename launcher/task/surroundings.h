// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/result.h"

namespace skyrun {

/// What of the machine a task's values depend on. Given to the loader, so that loading is a
/// function of its arguments.
struct Surroundings {
  std::string cwd;   ///< relative paths are relative to it, not to the task file; empty: it is gone
  std::string home;  ///< what `~` is
  std::function<std::optional<std::string>(const std::string&)> env;  ///< for `--env NAME`

  /// Those of this process.
  static Surroundings here();

  /// os.path.abspath(os.path.expanduser(path)): `~/x` and relative paths made absolute, `.`, `..`
  /// and doubled slashes resolved by text alone. `~user` is left as it is.
  Result<std::string> absolute(const std::string& path) const;
};

}  // namespace skyrun
