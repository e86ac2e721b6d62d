// SPDX-License-Identifier: Apache-2.0
#include "topology/environment.h"

#include <cstdlib>

namespace skyrun {

std::optional<std::string> own_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace skyrun
