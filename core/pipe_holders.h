// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace skyrun {

/// The names of the descendants of this process that have the other end of `pipe` open, or may
/// have: whose descriptors we may not see. Each name once, sorted. Processes of others are not
/// looked at.
std::vector<std::string> holders_of(int pipe);

}  // namespace skyrun
