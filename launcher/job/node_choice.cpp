// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/node_choice.h"

#include <utility>

#include "core/text.h"
#include "launcher/nodes/host_list.h"
#include "launcher/nodes/hostfile.h"

namespace skyrun {

Result<NodeChoice> NodeChoice::make(const Options& options, const std::string& home) {
  NodeChoice choice;
  choice.home_ = home;
  if (!options.hostfile && options.hosts.empty()) return choice;
  auto hosts = options.hostfile ? load_hostfile(*options.hostfile)
                                : parse_host_list(join(options.hosts, ","));
  if (!hosts) return tl::unexpected(std::move(hosts.error()));
  choice.hosts_ = std::move(*hosts);
  choice.own_ = OwnNames::gather();
  return choice;
}

Result<NodePlan> NodeChoice::share(NodeShare share) const {
  return hosts_ ? plan_hosts(*hosts_, share, own_) : plan_embedded(share, home_);
}

}  // namespace skyrun
