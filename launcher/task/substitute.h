// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "launcher/task/value.h"

namespace skyrun {

constexpr size_t kMostFilledIn = size_t{1} << 20U;

using VariableLookup = std::function<std::optional<std::string>(std::string_view)>;

/// `$NAME` and `${NAME}` filled in; a name that is not known stays as it is. As in SkyPilot, a
/// brace on one side only counts too (`${NAME` and `$NAME}`), and there are no defaults. What grows
/// beyond kMostFilledIn bytes is cut somewhere beyond.
std::string substitute(std::string_view text, const VariableLookup& lookup);

/// The same in every text of a value, the keys of dicts too. Of keys that become equal the last
/// wins. Keys that are no text become text, as JSON spells them.
Value substitute(const Value& value, const VariableLookup& lookup);

}  // namespace skyrun
