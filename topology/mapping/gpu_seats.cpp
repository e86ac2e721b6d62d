// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/gpu_seats.h"

#include <algorithm>
#include <numeric>

#include "topology/mapping/units.h"

namespace skyrun {
namespace {

using List = Units::List;

/// The piece `index` of `pieces`: the first ones have one more when it does not divide evenly.
List piece_of(const List& list, size_t index, size_t pieces) {
  const size_t size = list.size() / pieces;
  const size_t larger = list.size() % pieces;
  const size_t begin = index * size + std::min(index, larger);
  const auto first = list.begin() + static_cast<ptrdiff_t>(begin);
  return {first, first + static_cast<ptrdiff_t>(size + (index < larger ? 1 : 0))};
}

void append(List& list, const List& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// The cores that ranks are put on: of a machine with cores of several kinds the fastest, as long
/// as they are enough.
List usable_cores(const Units& units, uint32_t ranks) {
  const auto& kinds = units.machine().core_kinds;
  if (kinds.size() != units.count() || kinds.empty()) return units.all();
  const uint32_t fastest = *std::ranges::max_element(kinds);
  List cores;
  for (const uint32_t core : units.all()) {
    if (kinds[core] == fastest) cores.push_back(core);
  }
  return ranks <= cores.size() ? cores : units.all();
}

/// GPUs that are near the same cores.
struct Group {
  CpuSet near;
  std::vector<uint32_t> gpus;
  size_t cores = 0;  ///< that were given to it
};

class Sharing {
 public:
  Sharing(const Units& units, List cores) : units_(units), cores_(std::move(cores)) {
    own_.resize(machine().gpus.size());
    remote_.resize(machine().gpus.size());
    shared_.resize(machine().gpus.size());
    for (uint32_t gpu = 0; gpu < own_.size(); ++gpu) add(gpu);
    separate();
  }

  /// Gives every NUMA node without a GPU to the group of its package that has the fewest cores, of
  /// those to the nearest. It is divided by itself: a GPU keeps all of its own node.
  void fill() {
    const auto& nodes = machine().at(Level::numa);
    for (size_t node = 0; node < nodes.size(); ++node) {
      if (has_gpu(nodes[node])) continue;
      const List cores = cores_in(nodes[node].cpus);
      if (Group* group = group_for(node); group != nullptr && !cores.empty()) divide(cores, *group);
    }
  }

  const List& cores_of(uint32_t gpu) const { return own_[gpu]; }
  bool is_remote(uint32_t gpu) const { return remote_[gpu]; }
  bool is_shared(uint32_t gpu) const { return shared_[gpu]; }

 private:
  const Machine& machine() const { return units_.machine(); }

  void add(uint32_t gpu) {
    CpuSet near = machine().gpus[gpu].cpus & machine().allowed;
    remote_[gpu] = cores_in(near).empty();
    if (remote_[gpu]) near = machine().allowed;
    auto group = std::ranges::find(groups_, near, &Group::near);
    if (group == groups_.end()) group = groups_.insert(group, Group{.near = std::move(near)});
    group->gpus.push_back(gpu);
  }

  List cores_in(const CpuSet& cpus) const {
    List found;
    for (const uint32_t core : cores_) {
      if (units_.cpus(core).intersects(cpus)) found.push_back(core);
    }
    return found;
  }

  /// Divides the cores of every group. What two groups are near goes to the one that is near fewer;
  /// a group for which nothing is left joins another.
  void separate() {
    std::ranges::stable_sort(groups_, {}, [](const Group& group) { return group.near.count(); });
    std::vector<Group> separated;
    CpuSet taken;
    for (auto& group : groups_) {
      const CpuSet rest = group.near - taken;
      if (cores_in(rest).empty()) {
        auto& other = *std::ranges::find_if(
            separated, [&group](const Group& each) { return each.near.intersects(group.near); });
        other.gpus.insert(other.gpus.end(), group.gpus.begin(), group.gpus.end());
      } else {
        separated.push_back(Group{.near = rest, .gpus = group.gpus});
        taken |= rest;
      }
    }
    groups_ = std::move(separated);
    for (auto& group : groups_) divide(cores_in(group.near), group);
  }

  void divide(const List& cores, Group& group) {
    group.cores += cores.size();
    if (group.cores < group.gpus.size()) {  // several on a core
      for (size_t i = 0; i < group.gpus.size(); ++i) {
        own_[group.gpus[i]] = {cores[i % cores.size()]};
        shared_[group.gpus[i]] = true;
      }
      return;
    }
    for (size_t i = 0; i < group.gpus.size(); ++i) {
      append(own_[group.gpus[i]], piece_of(cores, i, group.gpus.size()));
    }
  }

  bool has_gpu(const Domain& node) const {
    return std::ranges::any_of(
        groups_, [&node](const Group& group) { return group.near.intersects(node.cpus); });
  }

  const CpuSet* package_of(const CpuSet& cpus) const {
    const auto& packages = machine().at(Level::package);
    const auto found = std::ranges::find_if(
        packages, [&cpus](const Domain& package) { return package.cpus.intersects(cpus); });
    return found == packages.end() ? nullptr : &found->cpus;
  }

  /// Of the NUMA nodes from `node` to the group's nearest.
  size_t distance(size_t node, const Group& group) const {
    const auto& nodes = machine().at(Level::numa);
    size_t best = nodes.size();
    for (size_t other = 0; other < nodes.size(); ++other) {
      if (!group.near.intersects(nodes[other].cpus)) continue;
      best = std::min(best, other > node ? other - node : node - other);
    }
    return best;
  }

  Group* group_for(size_t node) {
    const CpuSet* package = package_of(machine().at(Level::numa)[node].cpus);
    Group* best = nullptr;
    for (auto& group : groups_) {
      if (package == nullptr || !group.near.intersects(*package)) continue;
      const auto rank = std::pair(group.cores, distance(node, group));
      if (best == nullptr || rank < std::pair(best->cores, distance(node, *best))) best = &group;
    }
    return best;
  }

  const Units& units_;
  List cores_;
  std::vector<Group> groups_;
  std::vector<List> own_;  // of each GPU
  std::vector<bool> remote_;
  std::vector<bool> shared_;
};

/// A seat on its piece of the cores, or, when they are too few, on one that others have too.
void sit(Seat& seat, const List& cores, size_t index, size_t sharers, const Units& units,
         uint32_t threads) {
  seat.is_shared = seat.is_shared || cores.size() < sharers;
  const List own = cores.size() < sharers && !cores.empty() ? List{cores[index % cores.size()]}
                                                            : piece_of(cores, index, sharers);
  for (const uint32_t core : own) {
    uint32_t taken = 0;
    for (const uint32_t cpu : units.cpus(core).list()) {
      if (threads == 0 || taken++ < threads) seat.cpus.add(cpu);
    }
  }
}

/// First rank of those that share GPU `gpu`: rank r has GPU r * gpus / ranks.
uint64_t first_rank(uint64_t gpu, uint64_t ranks, uint64_t gpus) {
  return (gpu * ranks + gpus - 1) / gpus;
}

/// The memory of the node that all the CPUs are of; where they are of several, of the GPU's, if it
/// is among them.
std::optional<uint32_t> memory_for(const Units& units, const CpuSet& cpus, const Gpu& gpu) {
  if (const auto own = units.numa_of(cpus)) return own;
  for (const Domain& node : units.machine().at(Level::numa)) {
    if (gpu.numa && node.index == *gpu.numa && node.cpus.intersects(cpus)) return gpu.numa;
  }
  return std::nullopt;
}

Seat seat_with_gpus(const Sharing& sharing, const Units& units, uint32_t rank, uint32_t ranks,
                    uint32_t threads) {
  const auto gpus = static_cast<uint32_t>(units.machine().gpus.size());
  Seat seat;
  const auto begin = static_cast<uint32_t>(uint64_t{rank} * gpus / ranks);
  const auto end = std::max(begin + 1, static_cast<uint32_t>(uint64_t{rank + 1} * gpus / ranks));
  const uint64_t first = first_rank(begin, ranks, gpus);
  const uint64_t sharers = ranks > gpus ? first_rank(begin + 1, ranks, gpus) - first : 1;
  const size_t index = ranks > gpus ? rank - first : 0;
  for (uint32_t gpu = begin; gpu < end; ++gpu) {
    seat.gpus.push_back(gpu);
    seat.is_remote = seat.is_remote || sharing.is_remote(gpu);
    seat.is_shared = seat.is_shared || sharing.is_shared(gpu);
    sit(seat, sharing.cores_of(gpu), index, sharers, units, threads);
  }
  seat.numa = memory_for(units, seat.cpus, units.machine().gpus[begin]);
  return seat;
}

/// How many ranks each NUMA node gets: in proportion to its cores, largest remainder first.
std::vector<uint32_t> proportions(const std::vector<List>& nodes, uint32_t ranks) {
  uint64_t cores = 0;
  for (const auto& node : nodes) cores += node.size();
  std::vector<uint32_t> counts(nodes.size());
  std::vector<size_t> order(nodes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  uint32_t left = ranks;
  for (size_t i = 0; i < nodes.size(); ++i) {
    counts[i] = static_cast<uint32_t>(ranks * nodes[i].size() / cores);
    left -= counts[i];
  }
  std::ranges::stable_sort(order, std::greater{}, [&nodes, ranks, cores](size_t i) {
    return ranks * nodes[i].size() % cores;
  });
  for (size_t i = 0; i < left; ++i) ++counts[order[i]];
  return counts;
}

/// The cores by NUMA node; those of none come last.
std::vector<List> cores_by_numa(const Units& units, const List& cores) {
  std::vector<List> nodes(units.objects(Level::numa).size() + 1);
  for (const uint32_t core : cores) {
    const uint32_t node = units.object_of(Level::numa, core);
    nodes[node == Units::kNone ? nodes.size() - 1 : node].push_back(core);
  }
  std::erase_if(nodes, [](const List& node) { return node.empty(); });
  return nodes;
}

std::vector<Seat> seat_without_gpus(const Units& units, const List& cores, uint32_t ranks,
                                    uint32_t threads) {
  const auto nodes = cores_by_numa(units, cores);
  std::vector<Seat> seats(ranks);
  if (ranks < nodes.size()) {  // whole nodes
    for (uint32_t rank = 0; rank < ranks; ++rank) {
      const size_t end = (uint64_t{rank} + 1) * nodes.size() / ranks;
      for (size_t i = uint64_t{rank} * nodes.size() / ranks; i < end; ++i) {
        sit(seats[rank], nodes[i], 0, 1, units, threads);
      }
    }
  } else {
    const auto counts = proportions(nodes, ranks);
    size_t rank = 0;
    for (size_t node = 0; node < nodes.size(); ++node) {
      for (uint32_t i = 0; i < counts[node]; ++i) {
        sit(seats[rank++], nodes[node], i, counts[node], units, threads);
      }
    }
  }
  for (auto& seat : seats) seat.numa = units.numa_of(seat.cpus);
  return seats;
}

}  // namespace

std::vector<Seat> seat_beside_gpus(const Machine& machine, uint32_t ranks, bool fill,
                                   uint32_t threads_per_core) {
  const Units units(machine, false);
  const List cores = usable_cores(units, ranks);
  if (cores.empty()) return {};
  if (machine.gpus.empty()) return seat_without_gpus(units, cores, ranks, threads_per_core);
  Sharing sharing(units, cores);
  if (fill) sharing.fill();
  std::vector<Seat> seats;
  for (uint32_t rank = 0; rank < ranks; ++rank) {
    seats.push_back(seat_with_gpus(sharing, units, rank, ranks, threads_per_core));
  }
  return seats;
}

}  // namespace skyrun
