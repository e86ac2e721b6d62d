// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "launcher/task/resources.h"

namespace skyrun {

/// More than this of one kind on one node is a slip of the finger.
inline constexpr double kMostAccelerators = 100000;

/// An accelerator as text, "A100" or "A100:8" or "T4:0.5", its name canonical.
/// Fails with SkyPilot's words on any other form and on a count that is not positive.
Result<Accelerator> parse_accelerator(std::string_view text);

/// The texts of single accelerators that one text stands for: itself, or for a memory size
/// ("80GB+:2", "nvidia:80GB+:2") every known GPU of that size. The flag says "named by the user".
Result<std::vector<std::pair<std::string, bool>>> expand_accelerator(const std::string& text);

}  // namespace skyrun
