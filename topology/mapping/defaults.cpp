// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/defaults.h"

#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

constexpr uint32_t kFewRanks = 2;

bool has(const Machine& machine, Level level) {
  return !machine.at(level).empty();
}

bool is_by_object(const Mapping& map) {
  return map.by == MapBy::object || (map.by == MapBy::ppr && !map.whole_node);
}

void map_by_object(Mapping& map, Level level) {
  map.by = MapBy::object;
  map.level = level;
}

/// Where many ranks go when nobody says.
void map_widely(Mapping& map, const Machine& machine, Defaults defaults) {
  const bool numa_first = defaults == Defaults::open_mpi_4;
  const Level first = numa_first ? Level::numa : Level::package;
  const Level second = numa_first ? Level::package : Level::numa;
  if (has(machine, first)) return map_by_object(map, first);
  if (has(machine, second)) return map_by_object(map, second);
  map.by = MapBy::slot;
}

void complete_map(Plan& plan, const Request& request, const Machine& machine, uint32_t ranks) {
  Mapping& map = plan.map;
  if (map.by) return;
  if (map.pe.value_or(1) > 1) {
    map.by = MapBy::slot;
  } else if (request.bind) {
    const auto to = request.bind->to;
    if (to && has(machine, *to)) return map_by_object(map, *to);
    map.by = MapBy::slot;
  } else if (ranks <= kFewRanks) {
    map_by_object(map, plan.hwthreads() ? Level::hwthread : Level::core);
  } else {
    map_widely(map, machine, request.defaults);
  }
}

RankBy default_rank(const Mapping& map, Defaults defaults) {
  if (map.by == MapBy::node) return RankBy::node;
  if (map.span) return RankBy::span;
  if (map.by == MapBy::object && defaults == Defaults::open_mpi_5) return RankBy::fill;
  return RankBy::slot;
}

std::optional<Level> default_bind(const Plan& plan, const Machine& machine, uint32_t ranks) {
  const Level cpu = plan.hwthreads() ? Level::hwthread : Level::core;
  if (plan.map.pe || plan.map.by == MapBy::pe_list || plan.is_beside_gpu()) return cpu;
  if (is_by_object(plan.map)) return plan.map.level;
  if (ranks <= kFewRanks) return cpu;
  if (has(machine, Level::numa)) return Level::numa;
  if (has(machine, Level::package)) return Level::package;
  return std::nullopt;
}

}  // namespace

std::string Plan::asked_map() const {
  return map_option + " " + map_text(map);
}

std::string_view Plan::unit_name(uint32_t count) const {
  if (hwthreads()) return count == 1 ? "hardware thread" : "hardware threads";
  return count == 1 ? "core" : "cores";
}

std::string Plan::overload_hint() const {
  Binding binding = bind;
  const bool listed = map.by == MapBy::seq || map.by == MapBy::rankfile;
  if (listed && !bind_chosen) binding.to = Level::core;
  binding.overload = true;
  binding.limit.reset();
  return "--bind-to " + bind_text(binding);
}

std::string Plan::oversubscribe_hint() const {
  Mapping mapping = map;
  mapping.oversubscribe = true;
  return map_option + " " + map_text(mapping);
}

Plan complete(const Request& request, const Machine& first_node, uint32_t ranks, uint64_t slots) {
  Plan plan{.map = request.map,
            .map_option = request.map_option,
            .ranks = request.ranks,
            .threads_per_core = request.threads_per_core};
  complete_map(plan, request, first_node, ranks);
  // Two ranks on the threads of one core are two CPUs, not an overload.
  if (is_by_object(plan.map) && plan.map.level == Level::hwthread) plan.map.hwthreads = true;
  const bool to_threads = request.bind && request.bind->to == Level::hwthread;
  if (plan.map.pe && to_threads && !plan.map.hwthreads) plan.map.hwthreads = true;
  plan.rank_by = request.rank.value_or(default_rank(plan.map, request.defaults));
  plan.bind_chosen = request.bind.has_value();
  if (request.bind) {
    plan.bind = *request.bind;
  } else if (ranks <= slots || plan.map.by == MapBy::pe_list || plan.is_beside_gpu()) {
    plan.bind.to = default_bind(plan, first_node, ranks);
  }
  return plan;
}

}  // namespace skyrun
