// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "launcher/nodes/host.h"

namespace skyrun {

/// The hosts of one SSH node pool.
struct NodePool {
  std::string name;
  std::vector<Host> hosts;           ///< in the order of the file; the first is the head
  std::vector<std::string> notices;  ///< entries that are no hosts
};

/// What of the machine a pool depends on.
struct PoolSurroundings {
  std::string home;                                            ///< what `~` is in a key's path
  std::function<bool(const std::string& host)> is_configured;  ///< ssh_config(5) has the host
};

/// The pool of that name in the text of a ~/.sky/ssh_node_pools.yaml, or its first when the name is
/// empty (https://docs.skypilot.co/en/latest/reservations/existing-machines.html). User and key
/// come from the host's entry, else from the pool's; a host that ssh_config(5) knows has neither,
/// since they are said there. Passwords are for sudo, which nothing here needs.
Result<NodePool> parse_node_pool(std::string_view text, const std::string& file,
                                 const std::string& name, const PoolSurroundings& surroundings);

/// The same of the file itself, asking ssh(1) what it knows.
Result<NodePool> load_node_pool(const std::string& name, const std::string& home);

}  // namespace skyrun
