// SPDX-License-Identifier: Apache-2.0
//
// A unit's load is the number of ranks that were given it. A rank that is bound takes the units
// with the least load of its object; when that is not zero, the CPUs are overloaded. Of an object
// of many units a rank takes one, so that as many may be bound to it as it has units. The units of
// a rank that takes several (PE=n) are of one package, as PRRTE has it.
#include "topology/mapping/seats.h"

#include <fmt/format.h>

#include <algorithm>

#include "topology/mapping/policy_text.h"
#include "topology/mapping/seat_places.h"

namespace skyrun {
namespace {

class Seating {
 public:
  Seating(const Units& units, const Plan& plan)
      : units_(units), plan_(plan), load_(units.count(), 0) {}

  bool has_room(const Units::List& object) const {
    if (!plan_.bind.to || is_beyond_binding(object)) return !object.empty();
    return std::ranges::any_of(units_.by_package(object), [this](const Units::List& part) {
      return room_in(part) >= plan_.pe();
    });
  }

  /// Nothing: no object to bind to is left within the limit.
  std::optional<Seat> sit(const Units::List& object, std::optional<uint32_t> domain) {
    Seat seat{.domain = domain};
    if (!plan_.bind.to || is_beyond_binding(object)) return seat;
    if (plan_.map.pe) {
      take_several(object, seat);
    } else if (!take_one(object, seat)) {
      return std::nullopt;
    }
    seat.numa = units_.numa_of(seat.cpus);
    return seat;
  }

 private:
  uint32_t room_in(const Units::List& units) const {
    return static_cast<uint32_t>(std::ranges::count_if(units, [this](uint32_t unit) {
      return !is_closed(unit) && (plan_.bind.overload || load_[unit] == 0);
    }));
  }

  /// Nothing is there that ranks are bound to: caches that only some cores have.
  bool is_beyond_binding(const Units::List& object) const {
    return std::ranges::all_of(object, [this](uint32_t unit) {
      return units_.object_of(*plan_.bind.to, unit) == Units::kNone;
    });
  }

  /// What a rank would be bound to is not there, or has as many as it may.
  bool is_closed(uint32_t unit) const {
    const uint32_t object = units_.object_of(*plan_.bind.to, unit);
    if (object == Units::kNone) return true;
    return plan_.bind.limit && object < bound_.size() && bound_[object] >= *plan_.bind.limit;
  }

  /// As many as a rank takes, if there are: those with the least load, in their own order.
  Units::List least_of(const Units::List& object) const {
    Units::List sorted;
    for (const uint32_t unit : object) {
      if (!is_closed(unit)) sorted.push_back(unit);
    }
    std::ranges::stable_sort(sorted, {}, [this](uint32_t unit) { return load_[unit]; });
    sorted.resize(std::min<size_t>(sorted.size(), plan_.pe()));
    return sorted;
  }

  uint32_t load_of(const Units::List& units) const {
    uint32_t load = 0;
    for (const uint32_t unit : units) load += load_[unit];
    return load;
  }

  void take(uint32_t unit, const CpuSet& cpus, Seat& seat) {
    if (load_[unit]++ > 0) seat.is_shared = true;
    seat.cpus |= cpus;
    const uint32_t target = units_.object_of(*plan_.bind.to, unit);
    if (bound_.size() <= target) bound_.resize(target + 1, 0);
    ++bound_[target];
  }

  void take_several(const Units::List& object, Seat& seat) {
    Units::List best;
    for (const auto& part : units_.by_package(object)) {
      auto least = least_of(part);
      const bool enough = least.size() == plan_.pe();
      if (enough && (best.empty() || load_of(least) < load_of(best))) best = std::move(least);
    }
    for (const uint32_t unit : best) take(unit, units_.cpus(unit), seat);
  }

  bool take_one(const Units::List& object, Seat& seat) {
    const auto least = std::ranges::min_element(
        object, {}, [this](uint32_t unit) { return std::pair(is_closed(unit), load_[unit]); });
    if (least == object.end() || is_closed(*least)) return false;
    const uint32_t target = units_.object_of(*plan_.bind.to, *least);
    const auto& domain = units_.machine().at(*plan_.bind.to)[target];
    take(*least, domain.cpus & units_.machine().allowed, seat);
    return true;
  }

  const Units& units_;
  const Plan& plan_;
  std::vector<uint32_t> load_;   // ranks of a unit
  std::vector<uint32_t> bound_;  // ranks of an object to bind to
};

bool is_whole_node(const Plan& plan) {
  return plan.map.by == MapBy::slot || plan.map.by == MapBy::node || plan.map.whole_node;
}

tl::unexpected<Error> no_cpus(const Plan& plan, size_t seated, uint32_t ranks) {
  if (plan.map.by == MapBy::ppr) {
    return failure(fmt::format(
        "--bind-to {}: {} puts more ranks on an object than it has {}; {} binds them all the same",
        bind_text(plan.bind), map_text(plan.map), plan.unit_name(), plan.overload_hint()));
  }
  return failure(
      fmt::format("--bind-to {}: {} ranks, and places for {}; {} binds them all the same",
                  bind_text(plan.bind), ranks, seated, plan.overload_hint()));
}

/// One after another around the objects; those without room are passed over.
Result<std::vector<Seat>> sit_around(const Units& units, const Plan& plan, const Objects& objects,
                                     uint32_t ranks) {
  Seating seating(units, plan);
  std::vector<Seat> seats;
  seats.reserve(ranks);
  size_t passed = 0;
  for (size_t next = 0; seats.size() < ranks && passed < objects.size(); ++next) {
    const size_t index = next % objects.size();
    ++passed;
    if (!seating.has_room(objects[index])) continue;
    const auto domain = is_whole_node(plan) ? std::nullopt : std::optional(uint32_t(index));
    auto seat = seating.sit(objects[index], domain);
    if (!seat) continue;
    seats.push_back(std::move(*seat));
    passed = 0;
  }
  if (seats.size() < ranks) return no_cpus(plan, seats.size(), ranks);
  return seats;
}

/// So many on each object, one object after another.
Result<std::vector<Seat>> sit_by_pattern(const Units& units, const Plan& plan,
                                         const Objects& objects, uint32_t ranks) {
  Seating seating(units, plan);
  std::vector<Seat> seats;
  for (size_t index = 0; index < objects.size(); ++index) {
    if (objects[index].empty()) continue;
    for (uint32_t i = 0; i < plan.map.per_object && seats.size() < ranks; ++i) {
      const auto domain = is_whole_node(plan) ? std::nullopt : std::optional(uint32_t(index));
      auto seat =
          seating.has_room(objects[index]) ? seating.sit(objects[index], domain) : std::nullopt;
      if (!seat) return no_cpus(plan, seats.size(), ranks);
      seats.push_back(std::move(*seat));
    }
  }
  return seats;
}

Result<std::vector<Seat>> sit_on_list(const Units& units, const Plan& plan, uint32_t ranks) {
  CpuSet all;
  for (const uint32_t unit : plan.map.cpus) {
    if (unit >= units.count()) {
      return failure(fmt::format("{}: it has no {} with the logical number {}, only 0 to {}",
                                 plan.asked_map(), plan.unit_name(1), unit, units.count() - 1));
    }
    all |= units.cpus(unit);
  }
  std::vector<Seat> seats;
  for (uint32_t i = 0; i < ranks; ++i) {
    Seat seat{.is_shared = !plan.map.ordered && ranks > 1};
    if (plan.map.ordered) seat.is_shared = ranks > plan.map.cpus.size();
    if (plan.bind.to) {
      const uint32_t own = plan.map.cpus[i % plan.map.cpus.size()];
      seat.cpus = plan.map.ordered ? units.cpus(own) : all;
    }
    seat.numa = units.numa_of(seat.cpus);
    seats.push_back(std::move(seat));
  }
  return seats;
}

/// The pattern puts more ranks on an object than it has CPUs.
bool is_crowded(const Units& units, const Plan& plan) {
  return std::ranges::any_of(objects_of(units, plan), [&plan](const Units::List& object) {
    return !object.empty() && object.size() < plan.map.per_object;
  });
}

/// Some CPUs of the node are in no object of the level that ranks are bound to.
bool lacks_some(const Units& units, const Plan& plan) {
  const auto is_lacking = [&units, &plan](uint32_t unit) {
    return units.object_of(*plan.bind.to, unit) == Units::kNone;
  };
  return std::ranges::any_of(objects_of(units, plan), [&is_lacking](const Units::List& object) {
    return !object.empty() && std::ranges::all_of(object, is_lacking);
  });
}

/// A level that the node lacks is an error when it was asked for; else nothing is bound to it.
Result<Plan> fitted(const Units& units, const Plan& plan, uint32_t ranks) {
  Plan own = plan;
  if (own.bind.to && own.bind_chosen && !own.bind.if_supported && lacks_some(units, plan)) {
    Binding lenient = own.bind;
    lenient.if_supported = true;
    return failure(fmt::format(
        "--bind-to {}: {} none; --bind-to {} binds only where there is", level_name(*own.bind.to),
        units.objects(*own.bind.to).empty() ? "it has" : "some of it has", bind_text(lenient)));
  }
  if (own.bind.to && units.objects(*own.bind.to).empty()) own.bind.to.reset();
  const bool by_slot = plan.map.by == MapBy::slot || plan.map.by == MapBy::node;
  const bool too_many =
      (by_slot && ranks > units.count()) || (plan.map.by == MapBy::ppr && is_crowded(units, plan));
  if (own.bind.to && !own.bind_chosen && !own.map.pe && too_many) own.bind.to.reset();
  return own;
}

}  // namespace

Result<std::vector<Seat>> seat_ranks(const Units& units, const Plan& plan, uint32_t ranks) {
  const auto own = fitted(units, plan, ranks);
  if (!own) return tl::unexpected(own.error());
  if (plan.map.by == MapBy::pe_list) return sit_on_list(units, *own, ranks);
  const auto objects = objects_of(units, *own);
  if (std::ranges::all_of(objects, [](const auto& object) { return object.empty(); })) {
    return failure(fmt::format("{}: it has no {}", plan.asked_map(), level_name(plan.map.level)));
  }
  if (plan.map.by == MapBy::ppr) return sit_by_pattern(units, *own, objects, ranks);
  return sit_around(units, *own, objects, ranks);
}

}  // namespace skyrun
