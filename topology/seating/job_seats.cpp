// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/job_seats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "topology/gpu_selection.h"
#include "topology/mapping/placement.h"
#include "topology/seating/placement_request.h"
#include "topology/seating/seat_text.h"

namespace skyrun {
namespace {

class Seater {
 public:
  Seater(const PlacementWish& wish, const JobNodes& nodes, uint32_t gpus)
      : wish_(wish), nodes_(nodes), gpus_(gpus), per_machine_(nodes_per_machine(nodes.specs)) {}

  Result<SeatedRanks> run() {
    make_offers();
    const auto wanted = request();
    if (!wanted) return tl::unexpected(wanted.error());
    const auto placement = place(offers_, *wanted, wish_.file_text);
    if (!placement) return tl::unexpected(placement.error());
    if (auto good = check(*placement); !good) return tl::unexpected(std::move(good.error()));
    SeatedRanks seats{.map = policy_text(*placement) + "\n"};
    for (size_t rank = 0; rank < nodes_.specs.size(); ++rank) {
      seats.seat_of.push_back(place_of(*placement, rank, seats.seats));
      seats.map += fmt::format("rank {} on {}: {}\n", rank, nodes_.specs[rank].host,
                               seat_text(machine_of(rank), placement->seat_of(rank)));
    }
    return seats;
  }

 private:
  uint32_t offer_of(size_t node) const { return static_cast<uint32_t>(node) / per_machine_; }
  const Machine& machine_of(size_t node) const { return *offers_[offer_of(node)].machine; }

  /// A machine with just the GPUs that its ranks have.
  const Machine& trimmed(size_t node) {
    const auto [entry, is_new] = machines_.try_emplace(nodes_.machines.number_of(node));
    Machine& machine = entry->second;
    if (!is_new) return machine;
    machine = *nodes_.machines.of(node);
    const size_t wanted = size_t{gpus_} * per_machine_;
    if (machine.gpus.size() > wanted) machine.gpus.resize(wanted);
    return machine;
  }

  void make_offers() {
    for (size_t node = 0; node < nodes_.specs.size(); node += per_machine_) {
      const NodeSpec& spec = nodes_.specs[node];
      offers_.push_back({.name = spec.host,
                         .machine = &trimmed(node),
                         .slots = per_machine_,
                         .is_local = spec.local});
    }
  }

  Result<Request> request() const {
    Request request{.ranks = static_cast<uint32_t>(nodes_.specs.size()),
                    .defaults = wish_.defaults};
    const bool open = wish_.map_by.empty() && wish_.bind_to.empty();
    if (open) {
      request.map.by = gpus_ > 0 ? MapBy::strict : MapBy::slot;
      request.bind = Binding{};
    }
    auto read = read_policies(wish_, request);
    if (!read) return tl::unexpected(std::move(read.error()));
    return request;
  }

  Result<void> check(const Placement& placement) const {
    for (size_t rank = 0; rank < placement.ranks.size(); ++rank) {
      if (placement.ranks[rank].node == offer_of(rank)) continue;
      return failure(fmt::format(
          "{}: a task has one rank on each node, in their order, but this puts rank {} on {}",
          wish_.option(), rank, offers_[placement.ranks[rank].node].name));
    }
    return {};
  }

  /// Ranks with the same seat that see GPUs of the same names share an entry.
  uint32_t place_of(const Placement& placement, size_t rank, std::vector<RankSeat>& seats) {
    RankSeat seat = to_seat(machine_of(rank), placement.seat_of(rank), nodes_.facts[rank]);
    const auto next = static_cast<uint32_t>(seats.size());
    const auto [entry, is_new] =
        places_.try_emplace({placement.ranks[rank].seat, seat.variables}, next);
    if (is_new) seats.push_back(std::move(seat));
    return entry->second;
  }

  RankSeat to_seat(const Machine& machine, const Seat& seat, const NodeFacts& facts) const {
    RankSeat result = bound_seat(machine, seat);
    if (machine.gpus.empty() || !(wish_.own_gpus || hides_gpus(machine))) return result;
    auto selection =
        select_gpus(machine, facts.gpu_uuids, wish_.own_gpus ? seat.gpus : first_places(machine));
    result.variables = std::move(selection.variables);
    std::ranges::move(selection.defaults, std::back_inserter(result.defaults));
    return result;
  }

  std::vector<uint32_t> first_places(const Machine& machine) const {
    std::vector<uint32_t> places(std::min<size_t>(machine.gpus.size(), gpus_));
    std::iota(places.begin(), places.end(), 0U);
    return places;
  }

  const PlacementWish& wish_;
  const JobNodes& nodes_;
  uint32_t gpus_;
  uint32_t per_machine_;
  std::map<uint32_t, Machine> machines_;  // by NodeMachines::number_of
  std::vector<NodeOffer> offers_;
  std::map<std::pair<uint32_t, Variables>, uint32_t> places_;  // in SeatedRanks::seats
};

}  // namespace

Result<SeatedRanks> seat_job(const PlacementWish& wish, const JobNodes& nodes, uint32_t gpus) {
  return Seater(wish, nodes, gpus).run();
}

bool hides_gpus(const Machine& machine) {
  for (size_t i = 0; i < machine.gpus.size(); ++i) {
    if (machine.gpus[i].index != i) return true;
  }
  return false;
}

uint32_t nodes_per_machine(const std::vector<NodeSpec>& nodes) {
  return nodes[0].home.empty() ? 1 : static_cast<uint32_t>(nodes.size());
}

}  // namespace skyrun
