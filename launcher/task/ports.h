// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// `resources.ports` in its shortest form: {"8081", "8080", "9000-9001"} and "1,2-3" become sorted
/// ranges without overlap, {"8080-8081", "9000-9001"}. Fails with SkyPilot's words.
Result<std::vector<std::string>> simplify_ports(const std::vector<std::string>& ports);

}  // namespace skyrun
