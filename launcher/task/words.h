// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace skyrun {

/// ASCII letters in lower (upper) case; every other byte as it is.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

/// Every cloud that SkyPilot's `infra` and `cloud` take, in its order, lower case.
const std::vector<std::string>& cloud_names();

}  // namespace skyrun
