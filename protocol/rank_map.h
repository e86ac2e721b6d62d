// SPDX-License-Identifier: Apache-2.0
//
// Which ranks of a job are on which of its nodes. Runs, not rows: nodes that are equal have their
// ranks at equal distances, whichever way they are numbered, so that one run says it of all.
//
//     by slot, 4 on each node        ranks 0-3, 4-7, …        {.ranks = 4, .node_step = 4}
//     in turns over 100 nodes        ranks 0,100,200, 1,…     {.ranks = 3, .step = 100, .node_step
//     = 1}
//
// The local ranks of a node are its ranks in their order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// More than any machine has CPUs for.
constexpr uint32_t kMaxRanks = 1U << 20U;

/// Some ranks of a node, the same again on nodes that follow.
struct RankRun {
  uint32_t node = 0;       ///< the first
  uint32_t nodes = 1;      ///< how many have it
  uint32_t rank = 0;       ///< the first on the first node
  uint32_t ranks = 1;      ///< on each node
  uint32_t step = 1;       ///< from a rank to the next on its node
  uint32_t node_step = 0;  ///< from a node's first rank to that of the next node

  friend bool operator==(const RankRun&, const RankRun&) = default;
};

struct RankMap {
  std::vector<RankRun> runs;

  /// How many ranks there are.
  uint64_t size() const;
  /// Those of a node: the i-th has the local rank i.
  std::vector<uint32_t> on_node(uint32_t node) const;
  /// Whose rank it is; nothing where there is no such rank.
  std::optional<uint32_t> node_of(uint32_t rank) const;

  friend bool operator==(const RankMap&, const RankMap&) = default;
};

/// `node_of[i]` is the node of rank i, below `nodes`.
RankMap to_rank_map(const std::vector<uint32_t>& node_of, uint32_t nodes);

/// A rank on each node, in their order.
RankMap one_rank_each(uint32_t nodes);

/// Is every rank from 0 on there once, on one of so many nodes? Costs no more than the largest map
/// that is allowed, whatever it says.
Result<void> check_rank_map(const RankMap& map, uint32_t nodes);

}  // namespace skyrun
