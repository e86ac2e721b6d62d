// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_discovery.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "core/text.h"
#include "topology/gpu_name.h"

namespace skyrun {
namespace {

constexpr uint16_t kNvidia = 0x10de;
constexpr uint16_t kAmd = 0x1002;
constexpr uint16_t kIntel = 0x8086;
/// Their devices are GPUs; the first that a device has names and orders it.
constexpr std::array<std::string_view, 5> kBackends = {"NVML", "RSMI", "LevelZero", "CUDA",
                                                       "OpenCL"};
/// Why one beside the CPU does not count: AMD's (a word of pci_display_classes.tsv) and Intel's.
constexpr const char* kIntegrated = "igpu";
constexpr const char* kIntelIntegrated = "Intel iGPU";
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

bool has_backend(const PciDevice& device) {
  return std::any_of(kBackends.begin(), kBackends.end(), [&device](std::string_view backend) {
    return !devices_of(device, backend).empty();
  });
}

/// Of a device of class 03 or 12 that no vendor's library knows.
std::optional<std::string> why_no_gpu(const PciDevice& device) {
  const auto [vendor, id] = std::make_pair(device.ids.vendor, device.ids.device);
  const std::string_view kind = display_kind(vendor, id);
  if (kind == "never") return "excluded vendor";
  const bool accelerator = device.class_id == 0x1200;
  if (vendor == kNvidia) {
    if (accelerator || device.class_id >> 8U == 3) return std::nullopt;
    return "no GPU by its class";
  }
  if (vendor == kAmd) {
    if (kind == kIntegrated || kind == "legacy-vga") return std::string(kind);
    return std::nullopt;
  }
  if (vendor != kIntel) return "unknown vendor";
  if (kind == "discrete") return std::nullopt;
  return accelerator ? "Intel class 1200 (NPU)" : kIntelIntegrated;
}

/// A virtual function looks like function 0 of its card. Other device numbers say nothing: virtual
/// machines put equal real GPUs there.
bool is_virtual_function(const PciDevice& device, const std::vector<PciDevice>& all) {
  if (!device.address || device.address->function == 0) return false;
  PciAddress zero = *device.address;
  zero.function = 0;
  return std::any_of(all.begin(), all.end(), [&](const PciDevice& other) {
    return other.address == zero && other.ids.vendor == device.ids.vendor &&
           other.ids.device == device.ids.device;
  });
}

/// The backend that shows most devices; the first of kBackends among equals. Before all come MIG
/// instances, without which programs cannot use their GPU, and AMD's driver in the kernel: its
/// library lists partitions too that a container may not open.
std::string_view naming_backend(const PciDevice& device) {
  for (const std::string_view parts : {"MIG", "KFD"}) {
    if (!devices_of(device, parts).empty()) return parts;
  }
  std::string_view best;
  size_t most = 0;
  for (const std::string_view backend : kBackends) {
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
std::vector<const OsDevice*> units_of(const PciDevice& device, const GpuRules& rules) {
  const std::string_view backend = naming_backend(device);
  if (backend == "LevelZero" && splits_tiles(rules)) {
    if (auto tiles = devices_of(device, backend, true); !tiles.empty()) return tiles;
  }
  return backend.empty() ? std::vector<const OsDevice*>() : devices_of(device, backend);
}

void add_gpus(const PciDevice& device, const GpuRules& rules, std::vector<Gpu>& to) {
  const auto named = units_of(device, rules);
  for (size_t i = 0; i < std::max<size_t>(named.size(), 1); ++i) {
    Gpu gpu = whole(device);
    gpu.partition = static_cast<uint32_t>(i);
    if (i < named.size()) {
      gpu.os_device = named[i]->name;
      gpu.uuid = named[i]->uuid;
      if (named[i]->backend == "MIG" && !named[i]->model.empty()) gpu.model = named[i]->model;
    }
    if (named.size() <= 1 && gpu.uuid.empty()) gpu.uuid = uuid_of(device);
    to.push_back(std::move(gpu));
  }
}

/// The number in "nvml3", the first of "mig3:1" and "ze3.1". OpenCL's names order nothing.
std::optional<uint32_t> vendor_index(const Gpu& gpu) {
  constexpr const char* kDigits = "0123456789";
  const size_t digits = gpu.os_device.find_first_of(kDigits);
  if (digits == std::string::npos || gpu.os_device.rfind("opencl", 0) == 0) return std::nullopt;
  const size_t end = gpu.os_device.find_first_not_of(kDigits, digits);
  return to_number<uint32_t>(std::string_view(gpu.os_device).substr(0, end).substr(digits));
}

auto pci_key(const Gpu& gpu) {
  const PciAddress at = gpu.pci.value_or(PciAddress{UINT32_MAX, 0xff, 0xff, 0xff});
  return std::make_tuple(at.domain, at.bus, at.device, at.function, gpu.partition);
}

/// Vendor by vendor: by the runtime's index where every GPU has one, else by address.
void order(std::vector<Gpu>& gpus) {
  std::map<uint16_t, bool> indexed;
  for (const Gpu& gpu : gpus) {
    const auto entry = indexed.emplace(gpu.vendor, true).first;
    entry->second = entry->second && vendor_index(gpu).has_value();
  }
  std::stable_sort(gpus.begin(), gpus.end(), [&indexed](const Gpu& a, const Gpu& b) {
    if (a.vendor != b.vendor) return a.vendor < b.vendor;
    if (!indexed.at(a.vendor)) return pci_key(a) < pci_key(b);
    return vendor_index(a) < vendor_index(b);
  });
  std::map<uint16_t, uint32_t> next;
  for (Gpu& gpu : gpus) gpu.index = next[gpu.vendor]++;
}

bool is_integrated(const std::string& why) {
  return why == kIntegrated || why == kIntelIntegrated;
}

/// Nothing: it is no display or accelerator at all, or it counts.
std::optional<std::string> why_excluded(const PciDevice& device, const std::vector<PciDevice>& all,
                                        const Unusable& unusable, bool integrated) {
  if (!device.refused.empty()) return device.refused;
  if (!has_backend(device)) {
    auto why = why_no_gpu(device);
    if (why && !(integrated && is_integrated(*why))) return why;
    if (is_virtual_function(device, all)) return "virtual function";
  }
  return unusable ? unusable(device) : std::nullopt;
}

FoundGpus discover(const std::vector<PciDevice>& devices, const Unusable& unusable,
                   const GpuRules& rules, bool integrated) {
  FoundGpus found;
  for (const PciDevice& device : devices) {
    const auto base_class = device.class_id >> 8U;
    if (base_class != 0x03 && base_class != 0x12 && !has_backend(device)) continue;
    const auto why = why_excluded(device, devices, unusable, integrated);
    if (!why) add_gpus(device, rules, found.gpus);
    if (why && device.address) found.excluded.push_back({*device.address, *why});
  }
  order(found.gpus);
  return found;
}

}  // namespace

FoundGpus discover_gpus(const std::vector<PciDevice>& devices, const Unusable& unusable,
                        const GpuRules& rules) {
  auto found = discover(devices, unusable, rules, false);
  if (!found.gpus.empty() || !rules.include_integrated) return found;
  return discover(devices, unusable, rules, true);
}

void keep_one_vendor(FoundGpus& found) {
  std::map<uint16_t, size_t> counts;
  for (const Gpu& gpu : found.gpus) ++counts[gpu.vendor];
  uint16_t best = 0;
  for (const uint16_t vendor : {kNvidia, kAmd, kIntel}) {
    if (counts[vendor] > counts[best]) best = vendor;
  }
  if (best == 0) return;
  const auto others = std::stable_partition(found.gpus.begin(), found.gpus.end(),
                                            [best](const Gpu& gpu) { return gpu.vendor == best; });
  for (auto gpu = others; gpu != found.gpus.end(); ++gpu) {
    if (gpu->pci) found.excluded.push_back({*gpu->pci, "of another vendor than most GPUs here"});
  }
  found.gpus.erase(others, found.gpus.end());
}

}  // namespace skyrun
