// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "launcher/nodes/host.h"

namespace skyrun {

/// The hosts of `--host a,b:2,[::1]:4,user@c` (each as parse_host() reads it). A host without slots
/// has one; `:*` as many as it has cores. Order is kept; repeated hosts add up.
Result<std::vector<Host>> parse_host_list(std::string_view text);

}  // namespace skyrun
