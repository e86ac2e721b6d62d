// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "launcher/task/value.h"

namespace skyrun {

/// The document of a dry run for a person to read. Of many files it shows the first; JSON has all.
std::string outline(const Value& document);

}  // namespace skyrun
