// SPDX-License-Identifier: Apache-2.0
//
// What execve(2) takes of an environment, "Limits on size of arguments and environment". Above it
// every command that a shell starts fails with "Argument list too long", which names nothing.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace skyrun {

struct ExecLimits {
  size_t variable = 0;  ///< bytes of one "NAME=value" with its end
  size_t all = 0;       ///< of all variables and arguments

  /// Of a program that is started here.
  static ExecLimits here();
};

using NamedValues = std::vector<std::pair<std::string, std::string>>;

/// No single one is too long.
Result<void> check_variables(const NamedValues& variables, const ExecLimits& limits);

/// The same, and all of them leave room for arguments. Each name counts once.
Result<void> check_environment(const NamedValues& variables, const ExecLimits& limits);

}  // namespace skyrun
