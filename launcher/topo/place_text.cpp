// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/place_text.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/topo/machine_text.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

/// "GPU 3 H100" for each GPU of a seat.
std::string gpus_text(const Machine& machine, const Seat& seat) {
  std::vector<std::string> words;
  words.reserve(seat.gpus.size());
  for (const uint32_t place : seat.gpus)
    words.push_back(fmt::format("GPU {} {}", place, machine.gpus[place].name));
  return words.empty() ? "" : ", " + join(words, ", ");
}

std::string remarks(const Seat& seat) {
  std::string text;
  if (seat.is_remote) text += ", no CPU near its GPU may be used";
  if (seat.is_shared) text += ", shares its cores";
  return text;
}

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

std::string seat_text(const Machine& machine, const Seat& seat) {
  return fmt::format("{}{}{}{}", seat.cpus.empty() ? "not bound" : "CPUs " + seat.cpus.text(),
                     seat.numa ? fmt::format(", NUMA {}", *seat.numa) : "",
                     gpus_text(machine, seat), remarks(seat));
}

std::string policy_text(const Placement& placement) {
  const bool listed = placement.map.by == MapBy::pe_list || placement.map.by == MapBy::rankfile;
  return fmt::format("map-by {}, rank-by {}, bind-to {}{}", map_text(placement.map),
                     rank_text(placement.rank_by), bind_text(placement.bind),
                     listed ? "; the list is of logical numbers, CPUs are the system's" : "");
}

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
