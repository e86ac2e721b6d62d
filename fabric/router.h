// SPDX-License-Identifier: Apache-2.0
//
// Whom a frame that comes to a program of the cluster goes on to, by its envelope alone. Pure. The
// same rules hold on every node and at the client, which is the root of all links:
//
//     for the peer        nobody else
//     for the nodes       down to every child but the one that it came from; what the head says
//                         itself goes up to the client too, who has the nodes that it started
//     for the head        up to the parent until the head has it; from the client down to it
//     for the observers   up to the client
#pragma once

#include <set>
#include <vector>

#include "protocol/frame.h"

namespace skyrun {

/// A neighbour in the tree, or this program itself.
struct Way {
  enum class Kind { here, up, child };
  Kind kind = Kind::here;
  NodeId child = kClient;  ///< of kind child
  friend bool operator==(const Way&, const Way&) = default;
};

/// Where a frame goes from here.
struct Course {
  bool here = false;
  std::vector<Way> on;
  friend bool operator==(const Course&, const Course&) = default;
};

class Router {
 public:
  /// `self` is a node, or kClient.
  explicit Router(NodeId self) : self_(self) {}

  void add(NodeId child) { children_.insert(child); }
  void remove(NodeId child) { children_.erase(child); }

  /// Of a frame that came by `from`, or that this program says itself.
  Course course_of(const Frame& frame, const Way& from) const;

 private:
  Course to_head() const;
  Course to_nodes(const Way& from) const;

  NodeId self_;
  std::set<NodeId> children_;
};

}  // namespace skyrun
