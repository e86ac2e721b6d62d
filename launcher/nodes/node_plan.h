// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/nodes/host.h"
#include "launcher/nodes/local_host.h"
#include "launcher/nodes/ssh_hosts.h"
#include "protocol/message.h"

namespace skyrun {

/// The nodes of a job, in rank order.
struct NodePlan {
  std::vector<NodeSpec> nodes;
  bool embedded = false;  ///< stand-ins on this machine
  std::string pool;       ///< the SSH node pool they are of; empty: none
};

/// Which of the hosts a job gets: `count` of them, after the first `skip`.
struct NodeShare {
  uint32_t skip = 0;
  uint32_t count = 1;
};

/// A job's share of the hosts. What names this machine is started from here, for by "localhost"
/// every other one would mean itself; without ssh, unless a user or a port asks for it.
/// `seen` is what ssh_config(5) here says of each host of the share, or empty: what another machine
/// can be told of it is, and what only this one can reach is started from here.
Result<NodePlan> plan_hosts(const std::vector<Host>& hosts, NodeShare share, const OwnNames& own,
                            const std::vector<SshHost>& seen = {});

/// The hosts of the share, where there are as many.
Result<std::vector<Host>> share_of(const std::vector<Host>& hosts, NodeShare share);

/// A job's share of this machine's embedded nodes: the i-th of all has the address 127.0.0.(i+1)
/// and the home ~/.skyrun/local/node<i>.
Result<NodePlan> plan_embedded(NodeShare share, const std::string& home);

/// 127.0.0.1 for node 0, and so on through 127.0.0.0/8.
std::string embedded_address(uint32_t node);

}  // namespace skyrun
