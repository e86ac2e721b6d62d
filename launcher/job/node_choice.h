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

/// Where the nodes of a command's tasks come from: the hosts of --hostfile or --host, else the SSH
/// node pool that a task's infra names, else this machine's embedded ones.
class NodeChoice {
 public:
  static Result<NodeChoice> make(const Options& options, const std::string& home);

  /// The next task's nodes: those after the tasks before it that have theirs from the same place,
  /// or from the first on when `beside` is false. What its candidates want of other places is taken
  /// out of `resources`.
  Result<NodePlan> take(uint32_t count, bool beside, ResourceChoice& resources);

  /// All nodes there are, for ranks of apps, or the first `most` of them: without any, this machine
  /// as one node.
  Result<NodePlan> take_all(std::optional<uint32_t> most, ResourceChoice& resources);

  /// What the person should know of the places.
  std::vector<std::string> notices() const;

 private:
  struct Place {
    std::string pool;  // empty: the hosts of the command line, or this machine
    std::optional<std::vector<Host>> hosts;
    uint32_t taken = 0;  // by tasks that run side by side
    uint32_t most = 0;   // that one time needs
  };

  Result<Place*> place_for(const ResourceChoice& resources);
  Result<Place*> open_pool(const std::string& name);
  Result<NodePlan> plan_on(const std::vector<Host>& hosts, NodeShare share) const;
  void note(std::string text);

  bool hosts_given_ = false;
  std::optional<uint32_t> local_;  // --local: how many embedded nodes there are
  std::vector<Place> places_;
  std::vector<std::string> notices_;
  OwnNames own_;
  std::vector<std::string> agent_;  // that starts nodes
  bool insists_on_tree_ = false;
  std::string home_;
};

}  // namespace skyrun
