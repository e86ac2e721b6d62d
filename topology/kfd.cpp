// SPDX-License-Identifier: Apache-2.0
#include "topology/kfd.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/fd.h"
#include "core/text.h"
#include "topology/sysfs_locality.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

constexpr uint16_t kAmd = 0x1002;
constexpr const char* kFolder = "/sys/class/kfd/kfd/topology/nodes/";

using Properties = std::map<std::string_view, uint64_t>;

Properties parse(std::string_view text) {
  Properties properties;
  for (const std::string_view line : split(text, '\n')) {
    const auto words = split_words(line);
    if (words.size() != 2) continue;
    if (const auto value = to_number<uint64_t>(words[1])) properties[words[0]] = *value;
  }
  return properties;
}

bool opens(const std::string& root, uint64_t render_minor) {
  const auto path = fmt::format("{}/dev/dri/renderD{}", root, render_minor);
  return open_file(path, O_RDWR | O_NONBLOCK).has_value();
}

PciAddress location(Properties& properties) {
  const uint64_t id = properties["location_id"];
  return {static_cast<uint32_t>(properties["domain"]), static_cast<uint8_t>(id >> 8U),
          static_cast<uint8_t>((id >> 3U) & 0x1fU), static_cast<uint8_t>(id & 7U)};
}

std::optional<KfdNode> read_node(const std::string& root, uint32_t number) {
  const auto file = read_file(root + kFolder + std::to_string(number) + "/properties");
  if (!file) return std::nullopt;
  auto properties = parse(*file);
  if (properties["simd_count"] == 0 || properties["vendor_id"] != kAmd) return std::nullopt;
  if (!opens(root, properties["drm_render_minor"])) return std::nullopt;
  KfdNode node;
  node.number = number;
  node.location = location(properties);
  node.device = static_cast<uint16_t>(properties["device_id"]);
  if (const uint64_t id = properties["unique_id"]; id != 0) {
    node.uuid = fmt::format("GPU-{:016x}", id);
  }
  return node;
}

bool is_gpu(const PciDevice& device) {
  const auto base_class = device.class_id >> 8U;
  return device.ids.vendor == 0 || base_class == 0x03 || base_class == 0x12;
}

/// The function itself; for a partition, whose bits no function may have, the first of its card.
PciDevice* owner(std::vector<PciDevice>& devices, PciAddress at) {
  PciDevice* found = find_device(devices, at);
  if (found != nullptr && is_gpu(*found)) return found;
  at.function = 0;
  return find_device(devices, at);
}

}  // namespace

std::vector<KfdNode> read_kfd(const std::string& root) {
  std::vector<KfdNode> nodes;
  std::error_code error;
  fs::directory_iterator entry(root + kFolder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const auto number = to_number<uint32_t>(entry->path().filename().native());
    auto node = number ? read_node(root, *number) : std::nullopt;
    if (node) nodes.push_back(std::move(*node));
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const KfdNode& a, const KfdNode& b) { return a.number < b.number; });
  return nodes;
}

void add_kfd(std::vector<PciDevice>& devices, const std::string& root, const CpuSet& anywhere) {
  const auto nodes = read_kfd(root);
  if (nodes.empty()) return;
  devices.erase(std::remove_if(devices.begin(), devices.end(),
                               [](const PciDevice& device) {
                                 return !device.address && device.ids.vendor == kAmd;
                               }),
                devices.end());
  for (const KfdNode& node : nodes) {
    PciDevice* device = owner(devices, node.location);
    if (device == nullptr) {
      device = &devices.emplace_back();
      device->address = node.location;
      device->where = sysfs_locality(root, node.location, anywhere);
    }
    if (device->ids.vendor == 0) {
      device->ids = {.vendor = kAmd, .device = node.device};
      device->class_id = 0x0380;
    }
    device->os_devices.push_back(
        {.name = fmt::format("kfd{}", node.number), .backend = "KFD", .uuid = node.uuid});
  }
}

}  // namespace skyrun
