// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/machine_rows.h"

#include <algorithm>

namespace skyrun {
namespace {

class Arranging {
 public:
  explicit Arranging(const Machine& machine)
      : machine_(machine),
        core_taken_(machine.at(Level::core).size()),
        gpu_taken_(machine.gpus.size()),
        nic_taken_(machine.nics.size()),
        node_taken_(machine.at(Level::numa).size()) {}

  std::vector<MachineBlock> run() {
    std::vector<MachineBlock> blocks;
    for (const Domain& package : machine_.at(Level::package)) {
      MachineBlock block{.title = "package " + std::to_string(package.index), .rows = {}};
      add_nodes(&package.cpus, block);
      add_rest(package.cpus, block);
      add_attached(&package.cpus, block);
      blocks.push_back(std::move(block));
    }
    MachineBlock others;
    add_nodes(nullptr, others);
    add_rest(machine_.allowed, others);
    add_attached(nullptr, others);
    if (!others.rows.empty()) blocks.push_back(std::move(others));
    return blocks;
  }

 private:
  /// A node that spans packages belongs to the first.
  void add_nodes(const CpuSet* within, MachineBlock& block) {
    const auto& nodes = machine_.at(Level::numa);
    for (size_t i = 0; i < nodes.size(); ++i) {
      if (node_taken_[i] || (within != nullptr && !nodes[i].cpus.intersects(*within))) continue;
      node_taken_[i] = true;
      MachineRow row{.title = numa_title(nodes[i])};
      take_cores(nodes[i].cpus, row);
      const auto is_here = [&node = nodes[i]](const auto& device) {
        if (device.numa && node.has_number()) return device.numa == node.index;
        return is_near(device, node.cpus);
      };
      take(machine_.gpus, gpu_taken_, is_here, row.gpus);
      take(machine_.nics, nic_taken_, is_here, row.nics);
      block.rows.push_back(std::move(row));
    }
  }

  void add_rest(const CpuSet& within, MachineBlock& block) {
    MachineRow row{.title = "CPUs"};
    take_cores(within, row);
    if (!row.cores.empty()) block.rows.push_back(std::move(row));
  }

  static std::string numa_title(const Domain& node) {
    return node.has_number() ? "NUMA " + std::to_string(node.index) : "NUMA without memory";
  }

  template <class Device>
  static bool is_near(const Device& device, const CpuSet& cpus) {
    return !device.cpus.empty() && device.cpus.is_within(cpus);
  }

  /// What is near all of these CPUs, not some; all that is left, where there are none.
  void add_attached(const CpuSet* within, MachineBlock& block) {
    MachineRow row;
    const auto is_here = [within](const auto& device) {
      return within == nullptr || is_near(device, *within);
    };
    take(machine_.gpus, gpu_taken_, is_here, row.gpus);
    take(machine_.nics, nic_taken_, is_here, row.nics);
    if (!row.gpus.empty() || !row.nics.empty()) block.rows.push_back(std::move(row));
  }

  void take_cores(const CpuSet& within, MachineRow& row) {
    const auto& cores = machine_.at(Level::core);
    CpuSet cpus;
    for (uint32_t i = 0; i < cores.size(); ++i) {
      if (core_taken_[i] || !cores[i].cpus.intersects(within)) continue;
      core_taken_[i] = true;
      cpus |= cores[i].cpus;
      row.cores.push_back(i);
    }
    row.cpus = cpus.text();
  }

  template <class Device, class Test>
  static void take(const std::vector<Device>& devices, std::vector<bool>& taken, Test is_here,
                   std::vector<uint32_t>& into) {
    for (uint32_t i = 0; i < devices.size(); ++i) {
      if (taken[i] || !is_here(devices[i])) continue;
      taken[i] = true;
      into.push_back(i);
    }
  }

  const Machine& machine_;
  std::vector<bool> core_taken_, gpu_taken_, nic_taken_, node_taken_;
};

}  // namespace

std::vector<MachineBlock> arrange(const Machine& machine) {
  return Arranging(machine).run();
}

}  // namespace skyrun
