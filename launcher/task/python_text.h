// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "launcher/task/value.h"

namespace skyrun {

/// What Python's str() makes of the value: SkyPilot applies it to the keys and values of `envs` and
/// `secrets`, so `X: yes` exports "True" and `X: 1.10` exports "1.1".
std::string python_str(const Value& value);

/// What Python's repr() makes of it: inside lists and dicts, and in error texts.
std::string python_repr(const Value& value);
std::string python_repr(std::string_view text);

}  // namespace skyrun
