// SPDX-License-Identifier: Apache-2.0
#include "protocol/node_runs.h"

#include <algorithm>

namespace skyrun {

std::vector<NodeRun> to_runs(const std::vector<NodeId>& nodes) {
  std::vector<NodeRun> runs;
  for (const NodeId node : nodes) {
    const bool follows = !runs.empty() && runs.back().first.value + runs.back().count == node.value;
    if (follows) {
      ++runs.back().count;
    } else {
      runs.push_back({.first = node});
    }
  }
  return runs;
}

bool contains(const std::vector<NodeRun>& runs, NodeId node) {
  return std::any_of(runs.begin(), runs.end(), [node](const NodeRun& run) {
    return node.value >= run.first.value && node.value - run.first.value < run.count;
  });
}

}  // namespace skyrun
