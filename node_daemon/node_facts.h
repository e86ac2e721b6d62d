// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/message.h"

namespace skyrun {

/// What this node has: its name and addresses, the CPUs that this process may use (affinity and
/// cgroup), and the memory of the machine. `interface` is as in LaunchOptions.
NodeFacts gather_facts(const NodeSpec& self, const std::string& interface);

}  // namespace skyrun
