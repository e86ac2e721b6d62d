// SPDX-License-Identifier: Apache-2.0
#include "topology/cuda_order.h"

#include <algorithm>
#include <tuple>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr uint16_t kNvidia = 0x10de;

bool is_by_address(const Environment& environment) {
  return environment("CUDA_DEVICE_ORDER") == "PCI_BUS_ID";
}

auto key(const Gpu& gpu) {
  const PciAddress at = gpu.pci.value_or(PciAddress{UINT32_MAX, 0xff, 0xff, 0xff});
  return std::make_tuple(at.domain, at.bus, at.device, at.function, gpu.partition);
}

/// UUIDs say which GPUs, and in which order, without a number.
bool is_by_uuid(const std::optional<std::string>& list) {
  if (!list) return false;
  const auto entries = split(*list, ',');
  return std::none_of(entries.begin(), entries.end(), [](std::string_view entry) {
    return to_number<uint32_t>(trim(entry)).has_value();
  });
}

/// The number in "cuda1" of the device's library.
std::optional<uint32_t> number_of(const PciDevice& device, std::string_view backend,
                                  std::string_view prefix) {
  for (const OsDevice& os : device.os_devices) {
    if (os.backend != backend || !os.name.starts_with(prefix)) continue;
    return to_number<uint32_t>(std::string_view(os.name).substr(prefix.size()));
  }
  return std::nullopt;
}

}  // namespace

std::vector<Gpu> in_cuda_order(std::vector<Gpu> gpus, const Environment& environment) {
  if (!is_by_address(environment)) return gpus;
  std::stable_sort(gpus.begin(), gpus.end(),
                   [](const Gpu& a, const Gpu& b) { return key(a) < key(b); });
  for (size_t i = 0; i < gpus.size(); ++i) gpus[i].index = static_cast<uint32_t>(i);
  return gpus;
}

std::optional<std::string> cuda_order_notice(const std::vector<Gpu>& gpus,
                                             const Environment& environment) {
  if (is_by_address(environment) || is_by_uuid(environment("CUDA_VISIBLE_DEVICES"))) {
    return std::nullopt;
  }
  const Gpu* first = nullptr;
  for (const Gpu& gpu : gpus) {
    if (gpu.vendor != kNvidia) continue;
    if (first == nullptr) first = &gpu;
    if (gpu.device == first->device && gpu.name == first->name) continue;
    return "CUDA numbers different GPUs by their speed, which may be another order than this one: "
           "set CUDA_DEVICE_ORDER=PCI_BUS_ID";
  }
  return std::nullopt;
}

std::optional<std::string> cuda_order_notice(const std::vector<Gpu>& gpus,
                                             const std::vector<PciDevice>& devices) {
  bool told = false;
  for (const PciDevice& device : devices) {
    const auto cuda = number_of(device, "CUDA", "cuda");
    const auto nvml = number_of(device, "NVML", "nvml");
    if (!cuda || !nvml) continue;
    told = true;
    if (cuda == nvml) continue;
    return "CUDA's GPU " + std::to_string(*cuda) + " is GPU " + std::to_string(*nvml) +
           " here, in NVML's order: set CUDA_DEVICE_ORDER=PCI_BUS_ID, so that CUDA has it too";
  }
  if (told) return std::nullopt;
  return cuda_order_notice(gpus, [](const std::string&) { return std::nullopt; });
}

}  // namespace skyrun
