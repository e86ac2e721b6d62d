// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "topology/machine.h"

namespace skyrun {

/// A machine by its shape, from the outside to the inside: "2 package x 2 numa x 4 core x 2
/// hwthread". CPUs are numbered as Linux does: the first thread of every core, then the second of
/// every core. Only the levels that are named exist, and cores and hardware threads.
class MachineShape {
 public:
  explicit MachineShape(std::string_view text) {
    for (const auto part : split(text, 'x')) {
      const auto words = split_words(part);
      counts_.push_back(*to_number<uint32_t>(words[0]));
      names_.emplace_back(words[1]);
    }
  }

  Machine build() const {
    Machine machine;
    const uint32_t threads = names_.back() == "hwthread" ? counts_.back() : 1;
    uint32_t all = 1;
    for (const uint32_t count : counts_) all *= count;
    const uint32_t cores = all / threads;
    machine.allowed = CpuSet::range(0, all - 1);
    uint32_t objects = 1;
    for (size_t i = 0; i < names_.size(); ++i) {
      objects *= counts_[i];
      if (names_[i] == "hwthread") continue;
      fill(machine, level(names_[i]), objects, cores, threads);
    }
    fill(machine, Level::core, cores, cores, threads);
    for (uint32_t core = 0; core < cores; ++core) {
      for (uint32_t thread = 0; thread < threads; ++thread) {
        const uint32_t cpu = core + thread * cores;
        machine.levels[size_t(Level::hwthread)].push_back({cpu, CpuSet::range(cpu, cpu)});
      }
    }
    return machine;
  }

 private:
  static Level level(const std::string& name) {
    const std::vector<std::string> names = {"package", "numa",    "l3cache",
                                            "l2cache", "l1cache", "core"};
    for (size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return static_cast<Level>(i);
    }
    return Level::core;
  }

  static void fill(Machine& machine, Level level, uint32_t objects, uint32_t cores,
                   uint32_t threads) {
    auto& domains = machine.levels[static_cast<size_t>(level)];
    domains.clear();
    const uint32_t size = cores / objects;
    for (uint32_t i = 0; i < objects; ++i) {
      CpuSet cpus;
      for (uint32_t thread = 0; thread < threads; ++thread) {
        const uint32_t first = i * size + thread * cores;
        cpus |= CpuSet::range(first, first + size - 1);
      }
      domains.push_back({i, cpus});
    }
  }

  std::vector<uint32_t> counts_;
  std::vector<std::string> names_;
};

inline Machine machine_shape(std::string_view text) {
  return MachineShape(text).build();
}

/// GPUs near the NUMA nodes of these numbers, in their order.
inline void add_gpus(Machine& machine, const std::vector<uint32_t>& numa_nodes) {
  for (const uint32_t numa : numa_nodes) {
    Gpu gpu{.index = static_cast<uint32_t>(machine.gpus.size()), .vendor = 0x10de, .numa = numa};
    gpu.cpus = machine.at(Level::numa)[numa].cpus & machine.allowed;
    machine.gpus.push_back(gpu);
  }
}

/// Takes away all CPUs but these, as a cgroup does.
inline void restrict_to(Machine& machine, const CpuSet& allowed) {
  machine.allowed &= allowed;
  for (auto& domains : machine.levels) {
    for (auto& domain : domains) domain.cpus &= machine.allowed;
    std::erase_if(domains, [](const Domain& domain) { return domain.cpus.empty(); });
  }
  for (auto& gpu : machine.gpus) gpu.cpus &= machine.allowed;
}

}  // namespace skyrun
