// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "launcher/task/value.h"

namespace skyrun {

/// A plain scalar resolved as PyYAML does (YAML 1.1, https://yaml.org/type/): `yes` is a boolean,
/// `017` is 15, `12:30:45` is 45045, `2024-01-01` is a date, `1e6` is text for want of a dot.
/// Fails where PyYAML raises: an impossible date, digits without any, a bare `=`. The error does
/// not hold the text, which may be a secret's.
Result<Value> resolve_scalar(std::string_view text);

inline constexpr const char* kUnknownTag =
    "could not determine a constructor for the tag: quote a text that begins with '!'";

/// A scalar with an explicit tag in its long form, such as "tag:yaml.org,2002:str".
/// Fails on a tag that safe_load does not know and on text that its type does not take.
Result<Value> construct_scalar(std::string_view tag, std::string_view text);

}  // namespace skyrun
