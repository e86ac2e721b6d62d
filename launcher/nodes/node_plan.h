// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/nodes/host.h"
#include "launcher/nodes/local_host.h"
#include "protocol/message.h"

namespace skyrun {

/// The nodes of a job, in rank order.
struct NodePlan {
  std::vector<NodeSpec> nodes;
  bool embedded = false;             ///< stand-ins on this machine
  std::vector<std::string> notices;  ///< one line each, for the person
};

/// The first `count` hosts. Only the first may be this machine itself, where no ssh is needed:
/// every other one is started from another machine, to which "this one" is a host like any.
Result<NodePlan> plan_hosts(const std::vector<Host>& hosts, uint32_t count, const OwnNames& own);

/// `count` embedded nodes: node i has the address 127.0.0.(i+1) and the home
/// ~/.skyrun/local/node<i>, which is made when it is missing.
Result<NodePlan> plan_embedded(uint32_t count, const std::string& home);

/// 127.0.0.1 for node 0, and so on through 127.0.0.0/8.
std::string embedded_address(uint32_t node);

}  // namespace skyrun
