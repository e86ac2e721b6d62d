// SPDX-License-Identifier: Apache-2.0
//
// The nodes of a cluster at its head, whatever jobs they have: who starts whom, who is up and what
// it said of itself, who is gone. Told by the daemons' words, it says what follows for the jobs.
//
//     expected ──hello──▶ up ──lost──▶ gone
//         │ its start failed            ▲
//         ├──────────────────────────────┤   with all that hang below it
//         └─▶ expected, of the client        where the client may be let in
//
// It knows no sockets or clocks: how long a node is waited for is for the jobs to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bringup/start_forest.h"
#include "protocol/cluster.h"

namespace skyrun {

/// Nodes that are gone, all at once.
struct Departure {
  NodeId cause;               ///< it was lost, or could not be started; the others hang below it
  std::vector<NodeId> nodes;  ///< all that were not gone before, the cause first
  bool lost = false;          ///< it was; else it could not be started
  std::string error;          ///< in one line, with its name
  friend bool operator==(const Departure&, const Departure&) = default;
};

/// What a Cluster asks, and whom it tells.
class ClusterActions {
 public:
  virtual ~ClusterActions() = default;
  /// Does a job wait for this node, so that its start is worth another try?
  virtual bool is_awaited(NodeId node) const = 0;
  /// The client shall start these nodes itself.
  virtual void ask_client(const Adopt& request) = 0;
  /// A node is up. An error, with its name: it is of no use for a job.
  virtual void on_up(NodeId node, const std::string& error) = 0;
  virtual void on_gone(const Departure& departure) = 0;
};

class Cluster {
 public:
  /// nodes[i] is node i. With `may_adopt` the client starts what others cannot.
  Cluster(std::vector<NodeSpec> nodes, Tree tree, bool may_adopt, ClusterActions& actions);

  // Words of daemons. What is said of nodes that are not there, or are gone, changes nothing.
  void on(const Hello& hello);
  void on(const StartFailed& failed);
  void on(const NodeLost& lost);

  /// The client is gone. The nodes that it started see that themselves, and will not be heard of
  /// again: those that had not gone before.
  std::vector<NodeId> lose_client();

  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  bool has(NodeId node) const { return node.value < nodes_.size(); }

  // Of a node that it has.
  const NodeSpec& spec(NodeId node) const { return nodes_[node.value].spec; }
  const std::string& name_of(NodeId node) const { return spec(node).host; }
  bool is_up(NodeId node) const { return nodes_[node.value].state == State::up; }
  /// Why it is gone, with the name of whose end it was; nothing: it is up, or expected.
  std::optional<std::string> why_gone(NodeId node) const;
  /// What it said of itself, once it was up.
  const NodeFacts& facts(NodeId node) const { return nodes_[node.value].facts; }
  /// What it consists of: equal nodes have the same place among machines().
  uint32_t machine_of(NodeId node) const { return nodes_[node.value].machine; }
  const std::vector<std::string>& machines() const { return machines_; }
  NodeId starter_of(NodeId node) const { return forest_.starter_of(node); }

 private:
  enum class State { expected, up, gone };

  struct Node {
    NodeSpec spec;
    State state = State::expected;
    NodeFacts facts;
    uint32_t machine = 0;  // place in machines_
    std::string why_gone;
  };

  bool adopt(const StartFailed& failed);
  Departure depart(NodeId cause, std::string error);
  uint32_t place_of(const std::string& machine);

  std::vector<Node> nodes_;
  StartForest forest_;
  bool may_adopt_;
  ClusterActions& actions_;
  std::vector<std::string> machines_;  // each once, as nodes are mostly equal
  size_t facts_bytes_ = 0;             // of what the nodes have said of themselves
};

}  // namespace skyrun
