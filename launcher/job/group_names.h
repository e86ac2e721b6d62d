// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skyrun {

/// A node of a job group as the others know it.
struct GroupMember {
  std::string task;
  size_t index = 0;  ///< of the node within its task
  std::string address;
};

/// `<task>-<i>.<group>`, SkyPilot's name of a node of a job group.
std::string group_host_name(const std::string& task, size_t index, const std::string& group);

/// hosts(5) lines for all members.
std::string hosts_lines(const std::vector<GroupMember>& members, const std::string& group);

}  // namespace skyrun
