// SPDX-License-Identifier: Apache-2.0
#include "topology/nvidia_nodes.h"

#include <fcntl.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

constexpr uint16_t kNvidia = 0x10de;
constexpr std::string_view kPrefix = "nvidia";

bool has_entries(const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator first(folder, error);
  return !error && first != fs::directory_iterator();
}

bool opens(const std::string& path) {
  return open_file(path, O_RDWR | O_NONBLOCK).has_value();
}

/// Not those of "nvidiactl" and "nvidia-uvm".
std::set<uint32_t> numbers(const std::string& folder) {
  std::set<uint32_t> found;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name.rfind(kPrefix, 0) != 0) continue;
    if (const auto number = to_number<uint32_t>(name.substr(kPrefix.size()))) {
      found.insert(*number);
    }
  }
  return found;
}

}  // namespace

void add_nvidia_nodes(std::vector<PciDevice>& devices, const std::string& root,
                      const CpuSet& anywhere) {
  const bool known = std::any_of(devices.begin(), devices.end(), [](const PciDevice& device) {
    return device.ids.vendor == kNvidia;
  });
  if (known || has_entries(root + "/sys/bus/pci/devices")) return;
  if (has_entries(root + "/proc/driver/nvidia/gpus")) return;
  const std::string folder = root + "/dev/";
  for (const uint32_t number : numbers(folder)) {
    const std::string name = std::string(kPrefix) + std::to_string(number);
    if (!opens(folder + name)) continue;
    PciDevice& device = devices.emplace_back();
    device.ids.vendor = kNvidia;
    device.class_id = 0x0302;
    device.where.cpus = anywhere;
    device.os_devices.push_back({.name = name, .backend = "nvidia"});
  }
}

}  // namespace skyrun
