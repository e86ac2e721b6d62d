// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/listed_seats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/nearest.h"
#include "core/text.h"
#include "topology/mapping/rank_lines.h"
#include "topology/mapping/seats.h"

namespace skyrun {
namespace {

/// The place of the node in the list: its name, or +nK.
Result<uint32_t> find_node(const std::vector<NodeOffer>& nodes, const std::string& host) {
  if (host.starts_with("+n")) {
    const auto number = to_number<uint32_t>(std::string_view(host).substr(2));
    if (number && *number < nodes.size()) return *number;
    return failure(fmt::format("'{}': there are {} nodes", host, nodes.size()));
  }
  const auto found = std::ranges::find(nodes, host, &NodeOffer::name);
  if (found == nodes.end()) {
    std::vector<std::string> names;
    names.reserve(nodes.size());
    for (const NodeOffer& node : nodes) names.push_back(node.name);
    return failure(
        fmt::format("'{}' is none of the job's nodes{}", host, did_you_mean(host, names)));
  }
  return static_cast<uint32_t>(found - nodes.begin());
}

Result<CpuSet> cpus_of(const Units& units, const std::vector<CoreRange>& ranges,
                       std::string_view name) {
  CpuSet cpus;
  for (const auto& range : ranges) {
    const auto& packages = units.objects(Level::package);
    if (range.package >= static_cast<int>(packages.size())) {
      return failure(fmt::format("it has no package {}", range.package));
    }
    const auto& units_there =
        range.package < 0 ? units.all() : packages[static_cast<size_t>(range.package)];
    const bool all = range.last == UINT32_MAX;
    if (!all && range.last >= units_there.size()) {
      return failure(fmt::format("it has no {} with the logical number {} there, only 0 to {}",
                                 name, range.last, units_there.size() - 1));
    }
    const size_t end = all ? units_there.size() : range.last + size_t{1};
    for (size_t i = range.first; i < end; ++i) cpus |= units.cpus(units_there[i]);
  }
  return cpus;
}

class Listed {
 public:
  Listed(const std::vector<NodeOffer>& nodes, const Plan& plan) : nodes_(nodes), plan_(plan) {}

  Result<void> add(const RankLine& line) {
    auto node = find_node(nodes_, line.host);
    if (!node) return tl::unexpected(std::move(node.error()));
    const auto& offer = nodes_[*node];
    const uint32_t most =
        plan_.oversubscribes() ? offer.max_slots.value_or(UINT32_MAX) : offer.slots;
    if (used_[*node] == most) {
      return failure(
          fmt::format("{} has {} slots only; {}", offer.name, most, what_allows(offer, most)));
    }
    auto seat = seat_for(line, offer);
    if (!seat) return tl::unexpected(std::move(seat.error()).within(offer.name));
    CpuSet& taken = taken_[*node];
    seat->is_shared = taken.intersects(seat->cpus);
    if (seat->is_shared && !plan_.bind.overload) {
      return failure(fmt::format("{}: CPUs {} are another rank's; {} lets them share", offer.name,
                                 (taken & seat->cpus).text(), plan_.overload_hint()));
    }
    taken |= seat->cpus;
    result_.ranks.push_back({*node, used_[*node]++, static_cast<uint32_t>(result_.seats.size())});
    result_.seats.push_back(std::move(*seat));
    return {};
  }

  Placement take() {
    result_.map = plan_.map;
    result_.rank_by = plan_.rank_by;
    result_.bind = plan_.bind;
    return std::move(result_);
  }

 private:
  std::string what_allows(const NodeOffer& offer, uint32_t slots) const {
    const bool is_last = plan_.oversubscribes() || offer.max_slots == slots;
    return is_last ? "max_slots of the hostfile is never exceeded"
                   : plan_.oversubscribe_hint() + " allows more";
  }

  /// Without cores in its line a rank is not bound.
  Result<Seat> seat_for(const RankLine& line, const NodeOffer& offer) {
    const auto [entry, fresh] =
        units_.try_emplace(offer.machine, *offer.machine, plan_.hwthreads());
    const Units& units = entry->second;
    Seat seat;
    if (line.cores.empty()) {
      if (plan_.bind_chosen && plan_.bind.to) return failure("--bind-to needs cores in every line");
      return seat;
    }
    auto cpus = cpus_of(units, line.cores, plan_.unit_name(1));
    if (!cpus) return tl::unexpected(std::move(cpus.error()));
    seat.cpus = std::move(*cpus);
    seat.numa = units.numa_of(seat.cpus);
    return seat;
  }

  const std::vector<NodeOffer>& nodes_;
  const Plan& plan_;
  std::map<const Machine*, Units> units_;
  std::map<uint32_t, uint32_t> used_;  // ranks of a node
  std::map<uint32_t, CpuSet> taken_;   // CPUs of a node
  Placement result_;
};

}  // namespace

Result<Placement> place_listed(const std::vector<NodeOffer>& nodes, const Plan& plan,
                               std::string_view file_text) {
  const std::string context = plan.asked_map();
  auto lines = plan.map.by == MapBy::seq ? parse_seq(file_text) : parse_rankfile(file_text);
  if (!lines) return tl::unexpected(std::move(lines.error()).within(context));
  if (plan.ranks > lines->size()) {
    return failure(
        fmt::format("{}: {} ranks, but the file names {}", context, plan.ranks, lines->size()));
  }
  if (plan.ranks > 0) lines->resize(plan.ranks);
  Listed listed(nodes, plan);
  for (const auto& line : *lines) {
    if (auto added = listed.add(line); !added) {
      return tl::unexpected(
          std::move(added.error()).within(fmt::format("{}: rank {}", context, line.rank)));
    }
  }
  return listed.take();
}

}  // namespace skyrun
