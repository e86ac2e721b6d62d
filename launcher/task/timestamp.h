// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/result.h"
#include "launcher/task/value.h"

namespace skyrun {

/// Whether PyYAML takes the text for a timestamp (https://yaml.org/type/timestamp.html): a date
/// "2024-01-01", or a date and time "2001-12-14t21:59:43.10-05:00".
bool looks_like_timestamp(std::string_view text);

/// The timestamp, its text as Python's str() prints the date or datetime. Fails on a day or time
/// that does not exist. The text must look like one.
Result<Value> construct_timestamp(std::string_view text);

}  // namespace skyrun
