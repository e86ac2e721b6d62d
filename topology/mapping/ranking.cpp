// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/ranking.h"

#include <algorithm>

namespace skyrun {
namespace {

using Ranks = std::vector<PlacedRank>;

void add(Ranks& ranks, size_t node, uint32_t seat) {
  ranks.push_back({static_cast<uint32_t>(node), 0, seat});
}

std::vector<uint32_t> in_order(const SeatBlock& block) {
  std::vector<uint32_t> seats(block.count);
  for (uint32_t i = 0; i < block.count; ++i) seats[i] = block.first + i;
  return seats;
}

std::vector<uint32_t> by_object(const SeatBlock& block, const std::vector<Seat>& seats) {
  auto order = in_order(block);
  std::ranges::stable_sort(order, {},
                           [&seats](uint32_t seat) { return seats[seat].domain.value_or(0); });
  return order;
}

Ranks one_after_another(const std::vector<SeatBlock>& blocks, const std::vector<Seat>& seats,
                        bool objects) {
  Ranks ranks;
  for (size_t node = 0; node < blocks.size(); ++node) {
    const auto order = objects ? by_object(blocks[node], seats) : in_order(blocks[node]);
    for (const uint32_t seat : order) add(ranks, node, seat);
  }
  return ranks;
}

Ranks node_by_node(const std::vector<SeatBlock>& blocks) {
  Ranks ranks;
  uint32_t most = 0;
  for (const auto& block : blocks) most = std::max(most, block.count);
  for (uint32_t i = 0; i < most; ++i) {
    for (size_t node = 0; node < blocks.size(); ++node) {
      if (i < blocks[node].count) add(ranks, node, blocks[node].first + i);
    }
  }
  return ranks;
}

/// The turn of a seat is how many of its object come before it.
Ranks turn_by_turn(const std::vector<SeatBlock>& blocks, const std::vector<Seat>& seats) {
  std::vector<Ranks> turns;
  for (size_t node = 0; node < blocks.size(); ++node) {
    uint32_t object = UINT32_MAX;
    size_t turn = 0;
    for (const uint32_t seat : by_object(blocks[node], seats)) {
      const uint32_t own = seats[seat].domain.value_or(0);
      turn = own == object ? turn + 1 : 0;
      object = own;
      if (turns.size() <= turn) turns.resize(turn + 1);
      add(turns[turn], node, seat);
    }
  }
  Ranks ranks;
  for (const auto& each : turns) ranks.insert(ranks.end(), each.begin(), each.end());
  return ranks;
}

Ranks numbered(const std::vector<SeatBlock>& blocks, const std::vector<Seat>& seats,
               RankBy rank_by) {
  switch (rank_by) {
    case RankBy::slot:
      return one_after_another(blocks, seats, false);
    case RankBy::node:
      return node_by_node(blocks);
    case RankBy::fill:
      return one_after_another(blocks, seats, true);
    case RankBy::span:
      return turn_by_turn(blocks, seats);
  }
  return {};
}

}  // namespace

std::vector<PlacedRank> number_ranks(const std::vector<SeatBlock>& blocks,
                                     const std::vector<Seat>& seats, RankBy rank_by) {
  auto ranks = numbered(blocks, seats, rank_by);
  std::vector<uint32_t> next(blocks.size(), 0);
  for (auto& rank : ranks) rank.local_rank = next[rank.node]++;
  return ranks;
}

}  // namespace skyrun
