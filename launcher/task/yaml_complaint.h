// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "launcher/task/value.h"

namespace skyrun {

/// What a text that is no YAML is told: "FILE:LINE: why", and below it the line with a caret under
/// the place. `why` is yaml-cpp's or our own; where the indentation is to blame, that is said in
/// its place. Values of secrets and passwords are not shown.
std::string yaml_complaint(std::string_view source, const std::string& file, Mark at,
                           const std::string& why);

}  // namespace skyrun
