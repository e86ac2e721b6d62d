// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "bringup/start_forest.h"

namespace skyrun {

/// Of which nodes all output has come. A job's last line is here when that is so of every node.
class OutputEnds {
 public:
  /// `forest` is as it is at the time of each call, and outlives this.
  OutputEnds(size_t nodes, const StartForest& forest) : ended_(nodes), forest_(forest) {}

  /// OutputEnd of `node`: what a node says of itself is of it alone, what another says of it is of
  /// all that hang below it too.
  void on_end(NodeId node, NodeId speaker);

  bool all() const;

 private:
  std::vector<bool> ended_;
  const StartForest& forest_;
};

}  // namespace skyrun
