// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/host_filter.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/nearest.h"

namespace skyrun {

Result<std::vector<Host>> choose_hosts(const std::vector<Host>& of_file,
                                       const std::vector<Host>& wanted, const std::string& file) {
  std::vector<Host> chosen;
  for (const Host& each : wanted) {
    const auto found = std::find_if(of_file.begin(), of_file.end(),
                                    [&each](const Host& host) { return same_name(host, each); });
    if (found == of_file.end()) {
      std::vector<std::string> names(of_file.size());
      std::transform(of_file.begin(), of_file.end(), names.begin(),
                     [](const Host& host) { return host.name; });
      return failure(fmt::format("--host: {} is not in the hostfile {}{}", each.name, file,
                                 did_you_mean(each.name, names)));
    }
    chosen.push_back(*found);
    if (each.slots > 1) chosen.back().slots = each.slots;
    if (!each.user.empty()) chosen.back().user = each.user;
  }
  return chosen;
}

}  // namespace skyrun
