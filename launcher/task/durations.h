// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace skyrun {

/// A whole number of minutes, or of m, h, d or w in either case, as minutes; nothing for any other
/// text, or when it is more than an int holds.
std::optional<int> parse_minutes(std::string_view text);

/// A whole number of s, m, h, d or w in either case (seconds without a unit) as seconds; nothing
/// for any other text, or when it is more than an int holds.
std::optional<int> parse_seconds(std::string_view text);

}  // namespace skyrun
