// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "topology/machine.h"

namespace skyrun {

/// The CPUs of a machine as placement counts them: its cores, or its hardware threads. An object of
/// a level is the list of its units, by their logical numbers.
class Units {
 public:
  using List = std::vector<uint32_t>;

  Units(const Machine& machine, bool hwthreads);

  const Machine& machine() const { return machine_; }
  uint32_t count() const { return static_cast<uint32_t>(cpus_.size()); }
  const CpuSet& cpus(uint32_t unit) const { return cpus_[unit]; }
  const List& all() const { return all_; }
  /// In logical order; none where the machine has no such level.
  const std::vector<List>& objects(Level level) const {
    return objects_[static_cast<size_t>(level)];
  }
  /// The object of the level that holds the unit (of smaller ones the first), or kNone.
  uint32_t object_of(Level level, uint32_t unit) const {
    return holder_[static_cast<size_t>(level)][unit];
  }
  /// The units of the list, package by package.
  std::vector<List> by_package(const List& units) const;
  /// The NUMA node (P#) that all of these CPUs belong to, if it is one.
  std::optional<uint32_t> numa_of(const CpuSet& cpus) const;

  static constexpr uint32_t kNone = UINT32_MAX;

 private:
  void add_level(size_t level);

  const Machine& machine_;
  std::vector<CpuSet> cpus_;
  List all_;
  std::array<std::vector<List>, kLevels> objects_;
  std::array<List, kLevels> holder_;
};

}  // namespace skyrun
