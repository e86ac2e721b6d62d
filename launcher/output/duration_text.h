// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace skyrun {

/// As a person says it: "0.4 s", "12 s", "3 min 05 s", "2 h 10 min", "3 d 04 h".
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace skyrun
