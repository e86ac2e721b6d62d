// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyrun {

/// The candidate most like `word`, when one is at least 60 % alike; what Python's
/// difflib.get_close_matches(word, candidates, 1) gives.
std::optional<std::string> nearest_name(std::string_view word,
                                        const std::vector<std::string>& candidates);

/// "; did you mean numa?" behind an error text, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace skyrun
