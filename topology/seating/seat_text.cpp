// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/seat_text.h"

#include <fmt/format.h>

#include "core/text.h"
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

}  // namespace skyrun
