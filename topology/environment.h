// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace skyrun {

/// The value of a variable, as getenv().
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
/// That of this process.
std::optional<std::string> own_environment(const std::string& name);

}  // namespace skyrun
