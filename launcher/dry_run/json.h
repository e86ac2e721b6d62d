// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "launcher/task/value.h"

namespace skyrun {

/// The value as one JSON document (RFC 8259) with two blanks of indentation and a final newline.
/// ASCII only, and valid whatever bytes the texts hold: ill-formed UTF-8 becomes U+FFFD. Keys that
/// are no text, and numbers that JSON cannot say (infinity), become the text Python shows for them.
std::string to_json(const Value& value);

/// The same on one line.
std::string to_json_line(const Value& value);

}  // namespace skyrun
