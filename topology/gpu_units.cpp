// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_units.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "topology/gpu_name.h"

namespace skyrun {
namespace {

/// Who says what model a device is, the most reliable first: AMD's library mangles names ("deon
/// Instinct MI50 32GB"), and a driver's files add to what libraries leave open.
constexpr std::array<std::string_view, 7> kNamers = {"NVML", "LevelZero", "CUDA",  "OpenCL",
                                                     "KFD",  "RSMI",      "nvidia"};

/// In the order of their numbers.
std::vector<const OsDevice*> devices_of(const PciDevice& device, std::string_view backend,
                                        bool parts = false) {
  std::vector<const OsDevice*> found;
  for (const OsDevice& os : device.os_devices) {
    const bool is_part = os.name.find('.') != std::string::npos;  // zeN.K is one of zeN
    if (os.backend == backend && is_part == parts) found.push_back(&os);
  }
  std::sort(found.begin(), found.end(), [](const OsDevice* a, const OsDevice* b) {
    return std::make_pair(a->name.size(), a->name) < std::make_pair(b->name.size(), b->name);
  });
  return found;
}

/// The backend that shows most devices; the first of kGpuLibraries among equals. Before all come
/// MIG instances, without which programs cannot use their GPU, and AMD's driver in the kernel: its
/// library lists partitions too that a container may not open.
std::string_view naming_backend(const PciDevice& device) {
  for (const std::string_view parts : {"MIG", "KFD"}) {
    if (!devices_of(device, parts).empty()) return parts;
  }
  std::string_view best;
  size_t most = 0;
  for (const std::string_view backend : kGpuLibraries) {
    const size_t count = devices_of(device, backend).size();
    if (count > most) std::tie(best, most) = std::make_pair(backend, count);
  }
  return best;
}

std::string model_of(const PciDevice& device) {
  std::string model;
  for (const std::string_view backend : kNamers) {
    for (const OsDevice* os : devices_of(device, backend)) {
      if (model.empty()) model = os->model;
    }
  }
  return model;
}

std::string uuid_of(const PciDevice& device) {
  for (const std::string_view backend : kNamers) {
    for (const OsDevice* os : devices_of(device, backend)) {
      if (!os->uuid.empty()) return os->uuid;
    }
  }
  return "";
}

uint32_t memory_of(const PciDevice& device) {
  uint32_t most = 0;
  for (const OsDevice& os : device.os_devices) most = std::max(most, os.memory_gib);
  return most;
}

Gpu whole(const PciDevice& device) {
  Gpu gpu;
  gpu.pci = device.address;
  gpu.vendor = device.ids.vendor;
  gpu.device = device.ids.device;
  gpu.model = model_of(device);
  if (const auto known = find_gpu_model(device.ids); known && gpu.model.empty()) {
    gpu.model = known->model;
  }
  gpu.name = gpu_name(device.ids, gpu.model, memory_of(device));
  gpu.numa = device.where.numa;
  gpu.cpus = device.where.cpus;
  return gpu;
}

/// Are parts of a device of Level Zero what programs see, or what the person wants counted?
bool splits_tiles(const GpuRules& rules) {
  const bool composite = rules.hierarchy.value_or(ZeHierarchy::composite) == ZeHierarchy::composite;
  return rules.unit == GpuUnit::tile || !composite;
}

/// What the device is split into, by the backend that says so; empty: nobody names it.
std::vector<const OsDevice*> parts_of(const PciDevice& device, const GpuRules& rules) {
  const std::string_view backend = naming_backend(device);
  if (backend == "LevelZero" && splits_tiles(rules)) {
    if (auto tiles = devices_of(device, backend, true); !tiles.empty()) return tiles;
  }
  return backend.empty() ? std::vector<const OsDevice*>() : devices_of(device, backend);
}

}  // namespace

std::vector<Gpu> units_of(const PciDevice& device, const GpuRules& rules) {
  const auto named = parts_of(device, rules);
  std::vector<Gpu> gpus(std::max<size_t>(named.size(), 1), whole(device));
  for (size_t i = 0; i < gpus.size(); ++i) {
    Gpu& gpu = gpus[i];
    gpu.partition = static_cast<uint32_t>(i);
    if (i < named.size()) {
      gpu.os_device = named[i]->name;
      gpu.uuid = named[i]->uuid;
      if (named[i]->backend == "MIG" && !named[i]->model.empty()) gpu.model = named[i]->model;
    }
    if (named.size() <= 1 && gpu.uuid.empty()) gpu.uuid = uuid_of(device);
  }
  return gpus;
}

}  // namespace skyrun
