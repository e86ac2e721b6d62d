// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/placement_request.h"

#include <algorithm>
#include <string>
#include <utility>

#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

/// Reads a text where there is one.
template <class Value, class Parse>
Result<void> read_text(const std::string& text, Value& into, Parse parse) {
  if (text.empty()) return {};
  auto value = parse(text);
  if (!value) return tl::unexpected(std::move(value.error()));
  into = std::move(*value);
  return {};
}

size_t cores_in(const Machine& machine, const CpuSet& cpus) {
  const auto count = std::ranges::count_if(
      machine.at(Level::core), [&cpus](const Domain& core) { return core.cpus.intersects(cpus); });
  return static_cast<size_t>(std::max<int64_t>(count, 1));
}

}  // namespace

Result<void> read_policies(const PlacementWish& wish, Request& request) {
  const auto parse_map = [](const std::string& text) { return parse_map_by(text); };
  auto read = read_text(wish.map_by, request.map, parse_map);
  if (read) read = read_text(wish.rank_by, request.rank, parse_rank_by);
  if (read) read = read_text(wish.bind_to, request.bind, parse_bind_to);
  return read;
}

RankSeat bound_seat(const Machine& machine, const Seat& seat) {
  RankSeat result;
  if (seat.cpus.empty()) return result;
  result.cpus = seat.cpus.list();
  result.numa = seat.numa;
  // MKL, OpenBLAS, BLIS and numexpr take theirs from it.
  result.defaults.emplace_back("OMP_NUM_THREADS", std::to_string(cores_in(machine, seat.cpus)));
  return result;
}

}  // namespace skyrun
