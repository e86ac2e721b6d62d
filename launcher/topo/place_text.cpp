// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/place_text.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/topo/machine_text.h"
#include "topology/seating/seat_text.h"

namespace skyrun {
namespace {

std::string numbers(const std::vector<uint32_t>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const uint32_t value : values) words.push_back(std::to_string(value));
  return join(words, ", ");
}

std::string rank_json(const Placement& placement, size_t rank) {
  const PlacedRank& placed = placement.ranks[rank];
  const Seat& seat = placement.seat_of(rank);
  return fmt::format(
      R"({{"rank": {}, "local_rank": {}, "node": {}, "cpus": {}, "numa": {}, "gpu": {}, "gpus": [{}]}})",
      rank, placed.local_rank, placed.node, json_quote(seat.cpus.text()),
      seat.numa ? std::to_string(*seat.numa) : "null",
      seat.gpus.empty() ? "null" : std::to_string(seat.gpus[0]), numbers(seat.gpus));
}

}  // namespace

std::string place_text(const Machine& machine, const Placement& placement) {
  std::string out = policy_text(placement) + "\n";
  for (size_t rank = 0; rank < placement.ranks.size(); ++rank)
    out += fmt::format("rank {}: {}\n", rank, seat_text(machine, placement.seat_of(rank)));
  return out + notices_text(machine);
}

std::string place_json(const Machine& machine, const Placement& placement) {
  std::vector<std::string> items;
  items.reserve(placement.ranks.size());
  for (size_t rank = 0; rank < placement.ranks.size(); ++rank)
    items.push_back(rank_json(placement, rank));
  std::vector<std::string> notices;
  notices.reserve(machine.notices.size());
  for (const auto& notice : machine.notices) notices.push_back(json_quote(notice));
  return fmt::format(R"({{"policy": {}, "ranks": [{}], "notices": [{}]}})",
                     json_quote(policy_text(placement)), join(items, ", "), join(notices, ", ")) +
         "\n";
}

}  // namespace skyrun
