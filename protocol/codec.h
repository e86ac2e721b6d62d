// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "protocol/message.h"

namespace skyrun {

/// The body of a frame, as message.proto has it.
std::string encode(const Message& message);

/// The message of a body. Refuses, in words, what no honest peer sends: fields beyond their bounds
/// (bounds.h), bytes that do not parse, node numbers and enumerators out of range.
Result<Message> decode(std::string_view body);

}  // namespace skyrun
