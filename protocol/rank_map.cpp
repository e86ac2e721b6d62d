// SPDX-License-Identifier: Apache-2.0
#include "protocol/rank_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skyrun {
namespace {

using Runs = std::vector<RankRun>;

/// The next rank of a node: ranks come in their order.
void add(Runs& of_node, uint32_t rank) {
  if (!of_node.empty()) {
    RankRun& last = of_node.back();
    if (last.ranks == 1) last.step = rank - last.rank;
    if (last.rank + last.ranks * last.step == rank) {
      ++last.ranks;
      return;
    }
  }
  of_node.push_back({.rank = rank});
}

/// The node's run goes on with what the nodes before it have.
bool repeats(RankRun& run, const RankRun& next, uint32_t node) {
  const bool same = run.node + run.nodes == node && run.ranks == next.ranks &&
                    (run.step == next.step || run.ranks == 1) && next.rank > run.rank;
  if (!same) return false;
  if (run.nodes == 1) run.node_step = next.rank - run.rank;
  return run.rank + uint64_t{run.nodes} * run.node_step == next.rank;
}

}  // namespace

uint64_t RankMap::size() const {
  uint64_t size = 0;
  for (const auto& run : runs) size += uint64_t{run.nodes} * run.ranks;
  return size;
}

std::vector<uint32_t> RankMap::on_node(uint32_t node) const {
  std::vector<uint32_t> all;
  for (const auto& run : runs) {
    if (node < run.node || node - run.node >= run.nodes) continue;
    const uint32_t first = run.rank + (node - run.node) * run.node_step;
    for (uint32_t i = 0; i < run.ranks; ++i) all.push_back(first + i * run.step);
  }
  std::ranges::sort(all);
  return all;
}

std::optional<uint32_t> RankMap::node_of(uint32_t rank) const {
  for (const auto& run : runs) {
    for (uint32_t i = 0; i < run.nodes; ++i) {
      const uint32_t first = run.rank + i * run.node_step;
      if (rank < first || (rank - first) % run.step != 0) continue;
      if ((rank - first) / run.step < run.ranks) return run.node + i;
    }
  }
  return std::nullopt;
}

RankMap to_rank_map(const std::vector<uint32_t>& node_of, uint32_t nodes) {
  std::vector<Runs> runs_of(nodes);
  for (uint32_t rank = 0; rank < node_of.size(); ++rank) add(runs_of[node_of[rank]], rank);
  RankMap map;
  std::vector<size_t> before;  // places in the map of what the node before has
  for (uint32_t node = 0; node < nodes; ++node) {
    std::vector<size_t> places;
    for (RankRun run : runs_of[node]) {
      const size_t i = places.size();
      if (i < before.size() && repeats(map.runs[before[i]], run, node)) {
        ++map.runs[before[i]].nodes;
        places.push_back(before[i]);
        continue;
      }
      run.node = node;
      places.push_back(map.runs.size());
      map.runs.push_back(run);
    }
    before = std::move(places);
  }
  return map;
}

RankMap one_rank_each(uint32_t nodes) {
  if (nodes == 0) return {};
  return {{{.nodes = nodes, .node_step = nodes > 1 ? 1U : 0U}}};
}

Result<void> check_rank_map(const RankMap& map, uint32_t nodes) {
  const uint64_t size = map.size();
  if (size > kMaxRanks) return failure(fmt::format("more than {} ranks", kMaxRanks));
  std::vector<bool> seen(size, false);
  for (const auto& run : map.runs) {
    if (run.nodes == 0 || run.ranks == 0 || run.step == 0) return failure("a run without ranks");
    if (uint64_t{run.node} + run.nodes > nodes) return failure("ranks on a node that is not there");
    for (uint64_t node = 0; node < run.nodes; ++node) {
      for (uint64_t i = 0; i < run.ranks; ++i) {
        const uint64_t rank = run.rank + node * run.node_step + i * run.step;
        if (rank >= size || seen[rank]) return failure(fmt::format("rank {}: not once", rank));
        seen[rank] = true;
      }
    }
  }
  return {};
}

}  // namespace skyrun
