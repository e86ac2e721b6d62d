// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/result.h"

namespace skyrun {

/// What `work` returns in a child process, silent and killed after `patience`: for libraries that
/// may crash or hang. An answer that did not come whole is an error. A child that a driver holds in
/// the kernel is left behind. For programs of one thread.
Result<std::string> answer_of_child(const std::function<std::string()>& work,
                                    std::chrono::milliseconds patience);

}  // namespace skyrun
