// SPDX-License-Identifier: Apache-2.0
#include "topology/gpu_visibility.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/text.h"
#include "topology/cuda_order.h"
#include "topology/level_zero.h"

namespace skyrun {
namespace {

constexpr uint16_t kNvidia = 0x10de;
constexpr uint16_t kAmd = 0x1002;
constexpr uint16_t kIntel = 0x8086;

std::vector<std::string_view> entries(const std::string& value) {
  if (trim(value).empty()) return {};
  auto pieces = split(value, ',');
  for (auto& piece : pieces) piece = trim(piece);
  return pieces;
}

/// AMD's runtime does not mind the case.
std::string bare(std::string_view uuid) {
  std::string text(uuid.rfind("GPU-", 0) == 0 ? uuid.substr(4) : uuid);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A MIG instance. Where the library did not list them, an id names its GPU in the old form only,
/// "MIG-GPU-<uuid>/1/0".
Gpu instance(std::string_view id, const std::vector<Gpu>& from) {
  for (const Gpu& gpu : from) {
    if (gpu.uuid == id) return gpu;
  }
  const std::string_view rest = id.substr(4);
  const std::string parent = bare(rest.substr(0, rest.find('/')));
  for (const Gpu& gpu : from) {
    if (from.size() > 1 && bare(gpu.uuid) != parent) continue;
    Gpu found = gpu;
    found.uuid = id;
    return found;
  }
  Gpu unknown = from.front();
  unknown.pci.reset();
  unknown.os_device.clear();
  unknown.numa.reset();
  unknown.cpus = CpuSet();
  for (const Gpu& gpu : from) unknown.cpus |= gpu.cpus;
  unknown.uuid = id;
  return unknown;
}

/// What the numbers of a list stand for: of a GPU in MIG mode its first instance, the only one that
/// a process sees of it.
std::vector<Gpu> numbered(const std::vector<Gpu>& from) {
  std::vector<Gpu> gpus;
  std::copy_if(from.begin(), from.end(), std::back_inserter(gpus),
               [](const Gpu& gpu) { return gpu.partition == 0 || gpu.uuid.rfind("MIG-", 0) != 0; });
  return gpus;
}

/// One entry of a list: an index, the beginning of a UUID that only one has, or a MIG id.
std::optional<Gpu> pick(std::string_view entry, const std::vector<Gpu>& from) {
  if (from.empty()) return std::nullopt;
  if (const auto index = to_number<uint32_t>(entry)) {
    const auto gpus = numbered(from);
    return *index < gpus.size() ? std::optional(gpus[*index]) : std::nullopt;
  }
  if (entry.rfind("MIG-", 0) == 0) return instance(entry, from);
  if (entry.rfind("GPU-", 0) != 0) return std::nullopt;
  const std::string wanted = bare(entry);
  std::optional<Gpu> found;
  for (const Gpu& gpu : from) {
    if (gpu.uuid.empty() || bare(gpu.uuid).rfind(wanted, 0) != 0) continue;
    if (found) return std::nullopt;
    found = gpu;
  }
  return found;
}

std::vector<Gpu> listed(const std::string& value, const std::vector<Gpu>& from) {
  std::vector<Gpu> seen;
  for (const std::string_view entry : entries(value)) {
    auto gpu = pick(entry, from);
    if (!gpu || std::find(seen.begin(), seen.end(), *gpu) != seen.end()) break;
    seen.push_back(std::move(*gpu));
  }
  return seen;
}

std::vector<Gpu> visible_of_vendor(uint16_t vendor, std::vector<Gpu> gpus,
                                   const Environment& environment) {
  if (vendor == kNvidia) {
    gpus = in_cuda_order(std::move(gpus), environment);
    if (const auto value = environment("CUDA_VISIBLE_DEVICES")) return listed(*value, gpus);
  }
  if (vendor == kIntel) return ze_visible(gpus, environment);
  if (vendor != kAmd) return gpus;
  if (const auto value = environment("ROCR_VISIBLE_DEVICES")) gpus = listed(*value, gpus);
  constexpr std::array kHip = {"HIP_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES", "GPU_DEVICE_ORDINAL"};
  for (const char* name : kHip) {
    if (const auto value = environment(name)) return listed(*value, gpus);
  }
  return gpus;
}

}  // namespace

std::vector<Gpu> visible_gpus(const std::vector<Gpu>& gpus, const Environment& environment) {
  std::vector<Gpu> seen;
  std::vector<uint16_t> vendors;
  for (const Gpu& gpu : gpus) {
    if (std::find(vendors.begin(), vendors.end(), gpu.vendor) == vendors.end()) {
      vendors.push_back(gpu.vendor);
    }
  }
  for (const uint16_t vendor : vendors) {
    std::vector<Gpu> own;
    std::copy_if(gpus.begin(), gpus.end(), std::back_inserter(own),
                 [vendor](const Gpu& gpu) { return gpu.vendor == vendor; });
    for (Gpu& gpu : visible_of_vendor(vendor, std::move(own), environment)) {
      seen.push_back(std::move(gpu));
    }
  }
  return seen;
}

}  // namespace skyrun
