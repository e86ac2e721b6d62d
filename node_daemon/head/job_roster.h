// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/observer.h"

namespace skyrun {

/// What a job knows of each of its nodes, by the place that the node has in the job: rank i of a
/// task is on the node of place i. Pure.
class JobRoster {
 public:
  struct Node {
    NodeId id;
    bool up = false;
    bool failed = false;  ///< could not be started, or lost
    bool prepared = false;
    bool ended = false;  ///< the current stage
    bool quiet = false;  ///< no process of the job is left
    RankOutcome outcome;
  };

  explicit JobRoster(const std::vector<NodeId>& nodes);

  /// A node of the job; none: it has no part in it.
  Node* find(NodeId node);
  size_t place_of(const Node& node) const { return static_cast<size_t>(&node - nodes_.data()); }
  bool has(NodeId node) const { return places_.count(node) != 0; }

  size_t size() const { return nodes_.size(); }
  std::vector<Node>& nodes() { return nodes_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  std::vector<NodeId> ids() const;

  /// Nothing of the stage before is kept.
  void begin_stage();

  /// The node is gone; `stopped` where that is because of another failure.
  void lose(Node& node, bool stopped);

  bool all_known() const;  ///< up, or failed
  bool all_prepared() const;
  bool all_ended() const;
  /// Nobody who is there has a process of the job left.
  bool all_quiet() const;

  std::vector<RankOutcome> outcomes() const;

 private:
  std::vector<Node> nodes_;
  std::map<NodeId, size_t> places_;
};

}  // namespace skyrun
