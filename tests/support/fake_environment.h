// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "topology/environment.h"

namespace skyrun {

using Variables = std::map<std::string, std::string>;

/// One that has these variables and no others.
inline Environment environment(const Variables& variables) {
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

}  // namespace skyrun
