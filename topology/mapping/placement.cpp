// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/text.h"
#include "topology/mapping/distribution.h"
#include "topology/mapping/gpu_seats.h"
#include "topology/mapping/listed_seats.h"
#include "topology/mapping/policy_text.h"
#include "topology/mapping/ranking.h"
#include "topology/mapping/seat_places.h"
#include "topology/mapping/seats.h"

namespace skyrun {
namespace {

constexpr size_t kNamedNodes = 4;  // in an error

/// Nothing is placed on it.
bool is_excluded(const NodeOffer& node, const Mapping& map) {
  return map.no_local && node.is_local;
}

uint64_t slots_of(const std::vector<NodeOffer>& nodes, const Mapping& map) {
  uint64_t slots = 0;
  for (const auto& node : nodes) slots += is_excluded(node, map) ? 0 : node.slots;
  return slots;
}

class Placing {
 public:
  Placing(const std::vector<NodeOffer>& nodes, Plan plan) : nodes_(nodes), plan_(std::move(plan)) {}

  Result<Placement> run() {
    auto counts = plan_.map.by == MapBy::ppr ? pattern_counts() : counts_by_rooms();
    if (!counts) return tl::unexpected(std::move(counts.error()));
    Placement placement{.map = plan_.map, .rank_by = plan_.rank_by, .bind = plan_.bind};
    auto blocks = seat_all(*counts, placement.seats);
    if (!blocks) return tl::unexpected(std::move(blocks.error()));
    placement.ranks = number_ranks(*blocks, placement.seats, plan_.rank_by);
    return placement;
  }

 private:
  bool excluded(const NodeOffer& node) const { return is_excluded(node, plan_.map); }

  bool lacks_object(const NodeOffer& node) {
    return plan_.map.by == MapBy::object && !excluded(node) &&
           known(*node.machine).units.objects(plan_.map.level).empty();
  }

  /// What is worked out once for each machine.
  struct Known {
    Units units;
    uint32_t room = 0;
    std::map<uint32_t, SeatBlock> blocks;  // by the number of ranks
  };

  Known& known(const Machine& machine) {
    const auto found = known_.find(&machine);
    if (found != known_.end()) return found->second;
    Units units(machine, plan_.hwthreads());
    const uint32_t room = cpu_room(units, plan_);
    return known_.emplace(&machine, Known{std::move(units), room, {}}).first->second;
  }

  /// Ranks are limited by CPUs where they are bound to them and may not be overloaded. By default
  /// ranks that are mapped by slot are rather not bound.
  bool is_limited_by_cpus() const {
    const bool by_slot = plan_.map.by == MapBy::slot || plan_.map.by == MapBy::node;
    if (plan_.bind.overload || plan_.is_beside_gpu()) return false;
    if (!plan_.bind.to) return plan_.map.pe.has_value();  // for programs that bind themselves
    return plan_.bind_chosen || plan_.map.pe || !by_slot;
  }

  std::optional<std::string> too_small(const NodeOffer& node) {
    return why_too_small(known(*node.machine).units, plan_);
  }

  Room room_of(const NodeOffer& node) {
    if (excluded(node) || too_small(node)) return {};
    Room room{std::min(node.slots, node.max_slots.value_or(UINT32_MAX)),
              node.max_slots.value_or(UINT32_MAX)};
    if (!is_limited_by_cpus()) return room;
    const uint32_t cpus = known(*node.machine).room;
    return {std::min(room.slots, cpus), std::min(room.at_most, cpus)};
  }

  Result<Counts> counts_by_rooms() {
    for (const auto& node : nodes_) {
      if (lacks_object(node)) return no_object(node);
    }
    const auto is_useless = [this](const auto& node) { return excluded(node) || too_small(node); };
    if (std::ranges::all_of(nodes_, is_useless)) {
      for (const auto& node : nodes_) {
        if (!excluded(node)) return failure(node.name + ": " + *too_small(node));
      }
    }
    std::vector<Room> rooms;
    rooms.reserve(nodes_.size());
    for (const auto& node : nodes_) rooms.push_back(room_of(node));
    uint64_t all = 0;
    for (const auto& room : rooms) all += room.slots;
    const auto ranks = plan_.ranks > 0 ? plan_.ranks : static_cast<uint32_t>(all);
    const bool even = plan_.map.by == MapBy::node || plan_.map.span;
    auto counts = even ? balance_nodes(ranks, rooms, plan_.oversubscribes())
                       : fill_nodes(ranks, rooms, plan_.oversubscribes());
    const uint64_t placed = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
    if (placed < ranks || ranks == 0) return no_room(ranks);
    return counts;
  }

  /// The pattern's own, on as many nodes as the ranks need. Their number may be asked for: then a
  /// node with fewer slots than that has as many as it has slots.
  Result<Counts> pattern_counts() {
    Counts counts(nodes_.size(), 0);
    uint64_t left = plan_.ranks > 0 ? plan_.ranks : UINT64_MAX;
    for (size_t i = 0; i < nodes_.size() && left > 0; ++i) {
      const auto& node = nodes_[i];
      if (excluded(node)) continue;
      if (const auto why = too_small(node)) return failure(node.name + ": " + *why);
      const uint32_t pattern = pattern_ranks(known(*node.machine).units, plan_);
      if (pattern == 0) return no_object(node);
      const uint32_t most = most_on(node);
      if (plan_.ranks == 0 && pattern > most) return too_many(node, pattern, most);
      counts[i] = static_cast<uint32_t>(std::min<uint64_t>({left, pattern, most}));
      left -= counts[i];
    }
    const uint64_t placed = std::accumulate(counts.begin(), counts.end(), uint64_t{0});
    if (placed == 0 || placed < plan_.ranks) return no_room_in_pattern(placed);
    return counts;
  }

  /// By its slots, whatever CPUs it has.
  uint32_t most_on(const NodeOffer& node) const {
    if (excluded(node)) return 0;
    const uint32_t most = node.max_slots.value_or(UINT32_MAX);
    return plan_.oversubscribes() ? most : std::min(node.slots, most);
  }

  uint64_t most_of_all() const {
    uint64_t most = 0;
    for (const auto& node : nodes_) most += most_on(node);
    return most;
  }

  bool allows_more_than_slots(uint64_t ranks) const {
    uint64_t most = 0;
    for (const auto& node : nodes_) {
      most += excluded(node) ? 0 : node.max_slots.value_or(UINT32_MAX);
    }
    return !plan_.oversubscribes() && most >= ranks;
  }

  Result<SeatBlock> block_for(const NodeOffer& node, uint32_t ranks, std::vector<Seat>& seats) {
    auto& entry = known(*node.machine);
    const auto found = entry.blocks.find(ranks);
    if (found != entry.blocks.end()) return found->second;
    auto made =
        plan_.is_beside_gpu() ? beside_gpus(node, ranks) : seat_ranks(entry.units, plan_, ranks);
    if (!made) return tl::unexpected(std::move(made.error()).within(node.name));
    const SeatBlock block{static_cast<uint32_t>(seats.size()), ranks};
    std::ranges::move(*made, std::back_inserter(seats));
    entry.blocks.emplace(ranks, block);
    return block;
  }

  Result<std::vector<Seat>> beside_gpus(const NodeOffer& node, uint32_t ranks) const {
    auto seats =
        seat_beside_gpus(*node.machine, ranks, plan_.map.by == MapBy::fill, plan_.threads_per_core);
    if (seats.empty()) return failure("has no CPU that we may use");
    if (!plan_.bind.to) {
      for (auto& seat : seats) seat.cpus = {};
    }
    return seats;
  }

  Result<std::vector<SeatBlock>> seat_all(const Counts& counts, std::vector<Seat>& seats) {
    std::vector<SeatBlock> blocks(nodes_.size());
    for (size_t i = 0; i < nodes_.size(); ++i) {
      if (counts[i] == 0) continue;
      auto block = block_for(nodes_[i], counts[i], seats);
      if (!block) return tl::unexpected(std::move(block.error()));
      blocks[i] = *block;
    }
    return blocks;
  }

  std::string named_slots() const {
    std::vector<std::string> texts;
    for (const auto& node : nodes_) {
      if (excluded(node)) continue;
      if (texts.size() == kNamedNodes) {
        texts.emplace_back("…");
        break;
      }
      texts.push_back(fmt::format("{} {}", node.name, node.slots));
    }
    return join(texts, ", ");
  }

  tl::unexpected<Error> no_room(uint32_t ranks) const {
    const uint64_t slots = slots_of(nodes_, plan_.map);
    const std::string map = plan_.asked_map();
    if (plan_.map.no_local && std::ranges::all_of(nodes_, &NodeOffer::is_local)) {
      return failure(map + ": there is no other node than the local one");
    }
    if (most_of_all() >= ranks && is_limited_by_cpus()) {
      return failure(fmt::format(
          "{}: {} ranks{} need more CPUs than the nodes have; {} lets them share", map, ranks,
          plan_.map.pe ? fmt::format(" of {} CPUs of one package", *plan_.map.pe) : "",
          plan_.overload_hint()));
    }
    return failure(fmt::format("{}: {} ranks do not fit into {} slots ({}): {}", map, ranks, slots,
                               named_slots(), what_allows(ranks)));
  }

  std::string what_allows(uint64_t ranks) const {
    if (!allows_more_than_slots(ranks)) return "max_slots of the hostfile is never exceeded";
    return fmt::format("ask for fewer, add hosts, or allow it with {}", plan_.oversubscribe_hint());
  }

  tl::unexpected<Error> no_room_in_pattern(uint64_t placed) const {
    std::string words = fmt::format("{}: {} ranks do not fit: the nodes have room for {}",
                                    plan_.asked_map(), plan_.ranks, placed);
    if (most_of_all() == placed) words += " in their slots: " + what_allows(plan_.ranks);
    return failure(std::move(words));
  }

  /// The node lacks what is mapped by; its own levels would do.
  tl::unexpected<Error> no_object(const NodeOffer& node) {
    std::vector<std::string> levels;
    for (size_t level = 0; level < kLevels; ++level) {
      if (!node.machine->levels[level].empty()) {
        levels.emplace_back(level_name(static_cast<Level>(level)));
      }
    }
    return failure(fmt::format("{}: {}: it has no {}; there is {}", node.name, plan_.asked_map(),
                               level_name(plan_.map.level), join(levels, ", ")));
  }

  tl::unexpected<Error> too_many(const NodeOffer& node, uint32_t ranks, uint32_t slots) const {
    return failure(fmt::format("{}: {}: its {} ranks do not fit into its {} slots: {}", node.name,
                               plan_.asked_map(), ranks, slots, what_allows(ranks)));
  }

  const std::vector<NodeOffer>& nodes_;
  Plan plan_;
  std::map<const Machine*, Known> known_;
};

/// How many ranks the defaults are to be chosen for.
uint32_t expected_ranks(const std::vector<NodeOffer>& nodes, const Request& request) {
  if (request.ranks > 0) return request.ranks;
  if (request.map.whole_node) {
    const auto used = std::ranges::count_if(
        nodes, [&request](const NodeOffer& node) { return !is_excluded(node, request.map); });
    return static_cast<uint32_t>(used) * request.map.per_object;
  }
  return static_cast<uint32_t>(std::min<uint64_t>(slots_of(nodes, request.map), UINT32_MAX));
}

/// PE=n is a binding of its own.
Result<void> check(const Request& request) {
  if (!request.map.pe || !request.bind || !request.bind->to) return {};
  const Level to = *request.bind->to;
  if (to == Level::core || to == Level::hwthread) return {};
  return failure(fmt::format(
      "--bind-to {}: PE={} binds a rank to so many CPUs; only core, hwthread or none go with it",
      level_name(to), *request.map.pe));
}

}  // namespace

Result<Placement> place(const std::vector<NodeOffer>& nodes, const Request& request,
                        std::string_view file_text) {
  if (nodes.empty()) return failure("there is no node to place ranks on");
  if (auto good = check(request); !good) return tl::unexpected(std::move(good.error()));
  const Plan plan = complete(request, *nodes[0].machine, expected_ranks(nodes, request),
                             slots_of(nodes, request.map));
  if (plan.map.by == MapBy::seq || plan.map.by == MapBy::rankfile) {
    return place_listed(nodes, plan, file_text);
  }
  return Placing(nodes, plan).run();
}

}  // namespace skyrun
