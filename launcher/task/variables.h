// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "launcher/task/overrides.h"
#include "launcher/task/surroundings.h"

namespace skyrun {

/// The variables that the command line sets, in SkyPilot's order of precedence: `--env` over
/// `--env-file`; `--secret` over `--secret-file` over `--env-file`, which loads into both. What
/// `--env` sets does not also become a secret, so that it is not shadowed by the file's value.
struct CliVariables {
  using List = std::vector<std::pair<std::string, std::optional<std::string>>>;

  List envs;
  List secrets;
  std::vector<std::string> notices;
};

/// Fails on a name that is not set in the local environment (`--env NAME`), on a name that is no
/// variable's, and on a dotenv file that is not there. The values appear in no error text.
Result<CliVariables> read_variables(const Overrides& overrides, const Surroundings& surroundings);

}  // namespace skyrun
