// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/rank_seats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "topology/gpu_selection.h"
#include "topology/mapping/placement.h"
#include "topology/seating/placement_request.h"
#include "topology/seating/seat_text.h"

namespace skyrun {
namespace {

class Seater {
 public:
  Seater(const PlacementWish& wish, const JobNodes& nodes)
      : wish_(wish), nodes_(nodes), per_machine_(nodes_per_machine(nodes.specs)) {}

  Result<SeatedRanks> run() {
    Request request{.ranks = wish_.ranks, .defaults = wish_.defaults};
    if (auto good = read_policies(wish_, request); !good)
      return tl::unexpected(std::move(good.error()));
    const auto placement = place(offers(request.map), request, wish_.file_text);
    if (!placement) return tl::unexpected(placement.error());
    const auto node_of = deal(*placement);
    SeatedRanks result{.ranks = to_rank_map(node_of, count())};
    seat_all(*placement, node_of, result);
    if (wish_.display_map) result.map = map_of(*placement, node_of);
    return result;
  }

 private:
  uint32_t count() const { return static_cast<uint32_t>(nodes_.specs.size()); }
  const Machine& machine_of(size_t node) const { return *nodes_.machines.of(node); }

  std::vector<NodeOffer> offers(const Mapping& map) const {
    const Level cpu = map.hwthreads.value_or(false) ? Level::hwthread : Level::core;
    std::vector<NodeOffer> all;
    for (size_t node = 0; node < nodes_.specs.size(); node += per_machine_) {
      const NodeSpec& spec = nodes_.specs[node];
      const auto cpus = static_cast<uint32_t>(machine_of(node).at(cpu).size());
      all.push_back({.name = spec.host,
                     .machine = &machine_of(node),
                     .slots = spec.slots > 0 ? spec.slots : std::max(cpus, 1U),
                     .is_local = spec.local});
    }
    return all;
  }

  /// The node of each rank: of embedded ones, the first has the first ranks of their machine.
  std::vector<uint32_t> deal(const Placement& placement) const {
    std::vector<uint32_t> node_of;
    node_of.reserve(placement.ranks.size());
    for (const auto& rank : placement.ranks) {
      const uint64_t share = uint64_t{rank.local_rank} * per_machine_ / placement.ranks.size();
      node_of.push_back(per_machine_ > 1 ? static_cast<uint32_t>(share) : rank.node);
    }
    return node_of;
  }

  /// Nodes whose ranks sit alike, and see GPUs of the same names, share their seats.
  void seat_all(const Placement& placement, const std::vector<uint32_t>& node_of,
                SeatedRanks& result) const {
    std::vector<std::vector<uint32_t>> places(count());
    for (size_t rank = 0; rank < node_of.size(); ++rank)
      places[node_of[rank]].push_back(placement.ranks[rank].seat);
    using Alike = std::pair<std::vector<uint32_t>, std::vector<std::string>>;
    std::map<Alike, uint32_t> known;
    for (uint32_t node = 0; node < count(); ++node) {
      const NodeFacts& facts = nodes_.facts[node];
      const auto next = static_cast<uint32_t>(result.seats.size());
      const auto uuids = wish_.own_gpus ? facts.gpu_uuids : std::vector<std::string>();
      const auto [entry, is_new] = known.try_emplace({places[node], uuids}, next);
      result.seat_of.push_back(entry->second);
      for (size_t i = 0; is_new && i < places[node].size(); ++i)
        result.seats.push_back(seat(machine_of(node), placement.seats[places[node][i]], facts));
    }
    // A node without ranks has no seat to name.
    for (uint32_t& first : result.seat_of) {
      if (first == result.seats.size()) first = 0;
    }
  }

  RankSeat seat(const Machine& machine, const Seat& seat, const NodeFacts& facts) const {
    RankSeat result = bound_seat(machine, seat);
    if (machine.gpus.empty() || !wish_.own_gpus) return result;
    auto selection = select_gpus(machine, facts.gpu_uuids, seat.gpus);
    result.variables = std::move(selection.variables);
    std::ranges::move(selection.defaults, std::back_inserter(result.defaults));
    return result;
  }

  std::string map_of(const Placement& placement, const std::vector<uint32_t>& node_of) const {
    std::string map = policy_text(placement) + "\n";
    for (size_t rank = 0; rank < node_of.size(); ++rank) {
      map += fmt::format("rank {} on {}: {}\n", rank, nodes_.specs[node_of[rank]].host,
                         seat_text(machine_of(node_of[rank]), placement.seat_of(rank)));
    }
    return map;
  }

  const PlacementWish& wish_;
  const JobNodes& nodes_;
  uint32_t per_machine_;
};

}  // namespace

Result<SeatedRanks> seat_ranks(const PlacementWish& wish, const JobNodes& nodes) {
  return Seater(wish, nodes).run();
}

}  // namespace skyrun
