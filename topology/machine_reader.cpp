// SPDX-License-Identifier: Apache-2.0
#include "topology/machine_reader.h"

#include <sched.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "topology/core_kinds.h"
#include "topology/cuda_order.h"
#include "topology/gpu_discovery.h"
#include "topology/gpu_grant.h"
#include "topology/gpu_visibility.h"
#include "topology/guarded.h"
#include "topology/hwloc_devices.h"
#include "topology/hwloc_topology.h"
#include "topology/live_devices.h"
#include "topology/live_sources.h"
#include "topology/nic_affinity.h"
#include "topology/numa_nodes.h"

namespace skyrun {
namespace {

using TypeOfLevel = std::pair<Level, hwloc_obj_type_t>;
constexpr std::array<TypeOfLevel, 6> kTypes = {{{Level::package, HWLOC_OBJ_PACKAGE},
                                                {Level::l3cache, HWLOC_OBJ_L3CACHE},
                                                {Level::l2cache, HWLOC_OBJ_L2CACHE},
                                                {Level::l1cache, HWLOC_OBJ_L1CACHE},
                                                {Level::core, HWLOC_OBJ_CORE},
                                                {Level::hwthread, HWLOC_OBJ_PU}}};

std::vector<Domain> domains(hwloc_topology_t topology, hwloc_obj_type_t type,
                            const CpuSet& allowed) {
  std::vector<Domain> found;
  for (hwloc_obj_t object = nullptr;
       (object = hwloc_get_next_obj_by_type(topology, type, object)) != nullptr;) {
    CpuSet cpus = to_cpu_set(object->cpuset) & allowed;
    if (cpus.empty()) continue;
    const bool numbered = object->os_index != HWLOC_UNKNOWN_INDEX;
    found.push_back({numbered ? object->os_index : object->logical_index, std::move(cpus)});
  }
  return found;
}

std::vector<Domain> usable_numa_nodes(hwloc_topology_t topology, const CpuSet& allowed) {
  auto nodes = read_numa_nodes(topology);
  for (Domain& node : nodes) node.cpus &= allowed;
  std::erase_if(nodes, [](const Domain& node) { return node.cpus.empty(); });
  return nodes;
}

/// Where nobody says which hardware threads make a core (containers, some virtual machines), each
/// is one.
void add_lone_cores(const std::vector<Domain>& threads, std::vector<Domain>& cores) {
  CpuSet in_cores;
  for (const Domain& core : cores) in_cores |= core.cpus;
  for (const Domain& thread : threads) {
    if (!thread.cpus.intersects(in_cores)) cores.push_back(thread);
  }
}

void fill_levels(hwloc_topology_t topology, Machine& machine) {
  for (const auto& [level, type] : kTypes) {
    machine.levels[static_cast<size_t>(level)] = domains(topology, type, machine.allowed);
  }
  machine.levels[static_cast<size_t>(Level::numa)] = usable_numa_nodes(topology, machine.allowed);
  add_lone_cores(machine.at(Level::hwthread), machine.levels[static_cast<size_t>(Level::core)]);
}

CpuSet own_affinity() {
  constexpr size_t kBytes = CpuSet::kMaxCpus / 8;
  std::vector<unsigned long> mask(kBytes / sizeof(unsigned long));
  auto* const set = reinterpret_cast<cpu_set_t*>(mask.data());
  CpuSet own;
  if (::sched_getaffinity(0, kBytes, set) != 0) return own;
  for (uint32_t cpu = 0; cpu < CpuSet::kMaxCpus; ++cpu) {
    if (CPU_ISSET_S(cpu, kBytes, set)) own.add(cpu);
  }
  return own;
}

/// A scheduler that bound us to a few of the job's CPUs would have all ranks there.
void confine(Machine& machine, const CpuSet& affinity) {
  if (affinity.empty() || machine.allowed.is_within(affinity)) return;
  const std::string all = machine.allowed.text();
  machine.allowed &= affinity;
  machine.notices.push_back("bound from outside to CPUs " + machine.allowed.text() + " of " + all +
                            ": only these are used");
}

Machine read_levels(hwloc_topology_t topology, const CpuSet* affinity) {
  Machine machine;
  machine.allowed = to_cpu_set(hwloc_topology_get_allowed_cpuset(topology));
  if (affinity != nullptr) confine(machine, *affinity);
  fill_levels(topology, machine);
  machine.core_kinds = read_core_kinds(topology, machine.at(Level::core));
  return machine;
}

void take_gpus(Machine& machine, FoundGpus found, const std::vector<PciDevice>& devices,
               const GpuRules& rules) {
  if (rules.unit == GpuUnit::card) found.gpus = merge_cards(found.gpus);
  keep_one_vendor(found);
  for (Gpu& gpu : found.gpus) {
    gpu.cpus &= machine.allowed;
    if (gpu.cpus.empty()) {
      machine.notices.push_back("no CPU near GPU " + std::to_string(gpu.index) +
                                " may be used here");
    }
  }
  find_nearest_nics(found.gpus, devices);
  machine.gpus = std::move(found.gpus);
  machine.excluded = std::move(found.excluded);
  machine.nics = fabric_nics(devices);
  for (Nic& nic : machine.nics) nic.cpus &= machine.allowed;
}

Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return tl::unexpected(errno_error(path));
  std::string text(kMaxTopologyFile + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return failure(path + ": cannot be read");
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kMaxTopologyFile) return failure(path + ": larger than 16 MiB");
  return text;
}

/// hwloc 2 says only "invalid" of these.
bool is_version_3(const std::string& xml) {
  const size_t element = xml.find("<topology");
  if (element == std::string::npos) return false;
  const std::string head = xml.substr(element, xml.find('>', element) - element);
  return HWLOC_API_VERSION < 0x00030000 && head.find("version=\"3.") != std::string::npos;
}

}  // namespace

Result<Machine> read_own_machine(GpuRules rules) {
  rules.hierarchy = ze_hierarchy(own_environment);
  std::vector<std::string> notices;
  for (const char* source : {"HWLOC_XMLFILE", "HWLOC_SYNTHETIC", "HWLOC_FSROOT"}) {
    if (std::getenv(source) != nullptr) {
      notices.push_back(std::string(source) + " is ignored: this is about the real machine");
    }
  }
  const CpuSet affinity = own_affinity();
  const auto topology = load_hwloc();
  if (!topology) return tl::unexpected(topology.error());
  Machine machine = read_levels(topology->get(), &affinity);
  std::move(notices.begin(), notices.end(), std::back_inserter(machine.notices));
  auto devices = read_devices(topology->get());
  add_live_sources(devices, "", Nvml(), machine.allowed);
  const LiveDevices live("");
  auto found = discover_gpus(
      devices, [&live](const PciDevice& device) { return live.why_unusable(device); }, rules);
  if (auto notice = cuda_order_notice(found.gpus, own_environment)) {
    machine.notices.push_back(std::move(*notice));
  }
  found.gpus = visible_gpus(found.gpus, own_environment);
  take_gpus(machine, std::move(found), devices, rules);
  if (auto notice = keep_granted(machine.gpus, own_environment)) {
    machine.notices.push_back(std::move(*notice));
  }
  return machine;
}

Result<Machine> read_machine_xml(const std::string& xml, const GpuRules& rules) {
  if (is_version_3(xml)) {
    return failure("a file of hwloc 3, which hwloc " HWLOC_VERSION
                   " cannot read: write it with `lstopo --export-xml-flags v2`");
  }
  const auto topology = load_hwloc_xml(xml);
  if (!topology) return tl::unexpected(topology.error());
  Machine machine = read_levels(topology->get(), nullptr);
  const auto devices = read_devices(topology->get());
  auto found = discover_gpus(devices, nullptr, rules);
  if (auto notice = cuda_order_notice(found.gpus, devices))
    machine.notices.push_back(std::move(*notice));
  take_gpus(machine, std::move(found), devices, rules);
  if (machine.allowed.empty()) return failure("a topology without a CPU that may be used");
  return machine;
}

Result<Machine> read_machine_file(const std::string& path, const GpuRules& rules) {
  const auto xml = read_text(path);
  if (!xml) return tl::unexpected(xml.error());
  const auto attempt = [&xml] { static_cast<void>(read_machine_xml(*xml)); };
  if (auto lived = survives(attempt); !lived) {
    return tl::unexpected(std::move(lived.error()).within(path));
  }
  auto machine = read_machine_xml(*xml, rules);
  if (!machine) return tl::unexpected(std::move(machine.error()).within(path));
  return machine;
}

}  // namespace skyrun
