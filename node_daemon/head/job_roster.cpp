// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_roster.h"

#include <algorithm>

namespace skyrun {

JobRoster::JobRoster(const std::vector<NodeId>& nodes) : nodes_(nodes.size()) {
  for (size_t i = 0; i < nodes.size(); ++i) {
    nodes_[i].id = nodes[i];
    nodes_[i].outcome = {.rank = Rank{static_cast<uint32_t>(i)}, .node = nodes[i]};
    places_[nodes[i]] = i;
  }
}

JobRoster::Node* JobRoster::find(NodeId node) {
  const auto found = places_.find(node);
  return found == places_.end() ? nullptr : &nodes_[found->second];
}

std::vector<NodeId> JobRoster::ids() const {
  std::vector<NodeId> ids;
  for (const auto& node : nodes_) ids.push_back(node.id);
  return ids;
}

void JobRoster::begin_stage() {
  for (auto& node : nodes_) {
    node.ended = false;
    node.quiet = false;
    node.outcome = {.rank = node.outcome.rank, .node = node.id};
  }
}

void JobRoster::lose(Node& node, bool stopped) {
  node.failed = true;
  // A rank that had failed by itself before is shown with its own end.
  if (node.ended && !node.outcome.status.ok()) return;
  node.outcome.lost = true;
  node.outcome.stopped = stopped;
}

bool JobRoster::all_known() const {
  return std::all_of(nodes_.begin(), nodes_.end(),
                     [](const Node& node) { return node.up || node.failed; });
}

bool JobRoster::all_prepared() const {
  return std::all_of(nodes_.begin(), nodes_.end(), [](const Node& node) { return node.prepared; });
}

bool JobRoster::all_ended() const {
  return std::all_of(nodes_.begin(), nodes_.end(), [](const Node& node) { return node.ended; });
}

bool JobRoster::all_quiet() const {
  return std::all_of(nodes_.begin(), nodes_.end(),
                     [](const Node& node) { return node.quiet || node.failed || !node.up; });
}

std::vector<RankOutcome> JobRoster::outcomes() const {
  std::vector<RankOutcome> outcomes;
  for (const auto& node : nodes_) outcomes.push_back(node.outcome);
  return outcomes;
}

}  // namespace skyrun
