// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/group_names.h"

#include <fmt/format.h>

namespace skyrun {

std::string group_host_name(const std::string& task, size_t index, const std::string& group) {
  return fmt::format("{}-{}.{}", task, index, group);
}

std::string hosts_lines(const std::vector<GroupMember>& members, const std::string& group) {
  std::string lines;
  for (const auto& member : members) {
    lines +=
        fmt::format("{} {}\n", member.address, group_host_name(member.task, member.index, group));
  }
  return lines;
}

}  // namespace skyrun
