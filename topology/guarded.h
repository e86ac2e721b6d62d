// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/result.h"

namespace skyrun {

/// Does `work` come back? Tries it in a child process that may use 10 s of CPU and 1 GiB of memory
/// and is silent; the error says how it ended. For programs of one thread.
Result<void> survives(const std::function<void()>& work);

}  // namespace skyrun
