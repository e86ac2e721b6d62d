// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_discovery.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/text.h"
#include "topology/gpu_exclusion.h"
#include "topology/gpu_units.h"

namespace skyrun {
namespace {

constexpr uint16_t kNvidia = 0x10de;
constexpr uint16_t kAmd = 0x1002;
constexpr uint16_t kIntel = 0x8086;

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

FoundGpus discover(const std::vector<PciDevice>& devices, const Unusable& unusable,
                   const GpuRules& rules, bool integrated) {
  FoundGpus found;
  for (const PciDevice& device : devices) {
    const auto base_class = device.class_id >> 8U;
    if (base_class != 0x03 && base_class != 0x12 && !is_known_to_library(device)) continue;
    auto why = why_no_gpu(device, devices, integrated);
    if (!why && unusable) why = unusable(device);
    if (why && device.address) found.excluded.push_back({*device.address, *why});
    if (why) continue;
    for (Gpu& gpu : units_of(device, rules)) found.gpus.push_back(std::move(gpu));
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
