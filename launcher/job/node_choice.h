// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/nodes/node_plan.h"
#include "launcher/options.h"
#include "launcher/task/resources.h"

namespace skyrun {

/// Where a command's nodes come from: the hosts of --hostfile or --host, else this machine's
/// embedded ones.
class NodeChoice {
 public:
  static Result<NodeChoice> make(const Options& options, const std::string& home);

  bool embedded() const { return !hosts_; }
  size_t host_count() const { return hosts_ ? hosts_->size() : 0; }

  Result<NodePlan> share(NodeShare share) const;

 private:
  std::optional<std::vector<Host>> hosts_;
  OwnNames own_;
  std::string home_;
};

}  // namespace skyrun
