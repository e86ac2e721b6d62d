// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace skyrun {

/// A whole number of s, m, h, d or w in either case (seconds without a unit) as seconds; nothing
/// for any other text, or when it is more than an int holds.
std::optional<int> parse_seconds(std::string_view text);

}  // namespace skyrun
