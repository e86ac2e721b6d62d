// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "launcher/task/value.h"

namespace skyrun {

/// One line for each field of a task that is known and good but does nothing here, such as
/// "resources.use_spot has no effect without a cloud". `task` is the dict as the file has it.
std::vector<std::string> notices_of(const Value& task);

}  // namespace skyrun
