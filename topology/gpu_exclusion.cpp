// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_exclusion.h"

#include <algorithm>

namespace skyrun {
namespace {

constexpr uint16_t kNvidia = 0x10de;
constexpr uint16_t kAmd = 0x1002;
constexpr uint16_t kIntel = 0x8086;
/// Why one beside the CPU does not count: AMD's (a word of pci_display_classes.tsv) and Intel's.
constexpr const char* kIntegrated = "igpu";
constexpr const char* kIntelIntegrated = "Intel iGPU";

/// Of a device of class 03 or 12 that no vendor's library knows.
std::optional<std::string> why_not_by_ids(const PciDevice& device) {
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

bool is_integrated(const std::string& why) {
  return why == kIntegrated || why == kIntelIntegrated;
}

}  // namespace

bool is_known_to_library(const PciDevice& device) {
  return std::any_of(device.os_devices.begin(), device.os_devices.end(), [](const OsDevice& os) {
    return std::find(kGpuLibraries.begin(), kGpuLibraries.end(), os.backend) != kGpuLibraries.end();
  });
}

std::optional<std::string> why_no_gpu(const PciDevice& device, const std::vector<PciDevice>& all,
                                      bool integrated) {
  if (!device.refused.empty()) return device.refused;
  if (is_known_to_library(device)) return std::nullopt;
  auto why = why_not_by_ids(device);
  if (why && !(integrated && is_integrated(*why))) return why;
  if (is_virtual_function(device, all)) return "virtual function";
  return std::nullopt;
}

}  // namespace skyrun
