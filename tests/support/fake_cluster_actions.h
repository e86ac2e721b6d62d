// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "node_daemon/head/cluster.h"

namespace skyrun {

/// Writes down what a Cluster says.
struct FakeClusterActions : ClusterActions {
  bool awaited = true;
  std::vector<Adopt> asked;
  std::vector<std::pair<NodeId, std::string>> up;
  std::vector<Departure> gone;

  bool is_awaited(NodeId /*node*/) const override { return awaited; }
  void ask_client(const Adopt& request) override { asked.push_back(request); }
  void on_up(NodeId node, const std::string& error) override { up.emplace_back(node, error); }
  void on_gone(const Departure& departure) override { gone.push_back(departure); }

  /// How much was said.
  size_t all() const { return asked.size() + up.size() + gone.size(); }
};

/// Nodes h0, h1, …, as they are started.
inline std::vector<NodeSpec> nodes_named_h(uint32_t count) {
  std::vector<NodeSpec> nodes;
  for (uint32_t i = 0; i < count; ++i)
    nodes.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i)});
  return nodes;
}

inline std::vector<NodeId> ids(const std::vector<uint32_t>& numbers) {
  std::vector<NodeId> nodes;
  nodes.reserve(numbers.size());
  for (const uint32_t number : numbers) nodes.push_back(NodeId{number});
  return nodes;
}

}  // namespace skyrun
