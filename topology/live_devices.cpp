// SPDX-License-Identifier: Apache-2.0
#include "topology/live_devices.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/fd.h"
#include "topology/nvidia_proc.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

constexpr uint16_t kNvidia = 0x10de;
constexpr uint16_t kAmd = 0x1002;
/// Bound to one of these, a card is for a virtual machine, or has no runtime for computing.
constexpr std::array<std::string_view, 3> kForeignDrivers = {"vfio-pci", "pci-stub", "nouveau"};

bool has(const PciDevice& device, std::string_view backend) {
  return std::any_of(device.os_devices.begin(), device.os_devices.end(),
                     [backend](const OsDevice& os) { return os.backend == backend; });
}

/// A vendor's library that shows it has opened it.
bool is_listed(const PciDevice& device) {
  return has(device, "NVML") || has(device, "RSMI") || has(device, "LevelZero");
}

}  // namespace

std::optional<std::string> LiveDevices::why_unusable(const PciDevice& device) const {
  if (!device.address) return std::nullopt;
  const std::string pci = text(*device.address);
  const std::string sys = root_ + "/sys/bus/pci/devices/" + pci;
  std::error_code none;
  if (fs::is_symlink(sys + "/physfn", none)) return "virtual function";
  const fs::path driver = fs::read_symlink(sys + "/driver", none).filename();
  for (const std::string_view foreign : kForeignDrivers) {
    if (driver == foreign) return "its driver is " + driver.string();
  }
  return is_listed(device) ? std::nullopt : why_not_open(device, pci);
}

std::optional<std::string> LiveDevices::why_not_open(const PciDevice& device,
                                                     const std::string& pci) const {
  const bool nvidia = device.ids.vendor == kNvidia;
  if (!has(device, "KFD")) {  // which has only nodes that open
    const auto node = nvidia ? nvidia_node(*device.address) : render_node(pci);
    if (!node)
      return nvidia ? "NVIDIA's driver does not show it here" : "it has no render node here";
    if (!opens(*node)) return *node + " cannot be opened";
  }
  if (device.ids.vendor == kAmd && !opens("/dev/kfd")) return "/dev/kfd cannot be opened";
  return std::nullopt;
}

std::optional<std::string> LiveDevices::nvidia_node(const PciAddress& address) const {
  const auto gpu = read_nvidia_gpu(root_, address);
  if (!gpu || !gpu->minor) return std::nullopt;
  return "/dev/nvidia" + std::to_string(*gpu->minor);
}

std::optional<std::string> LiveDevices::render_node(const std::string& pci) const {
  std::error_code error;
  fs::directory_iterator entry(root_ + "/sys/bus/pci/devices/" + pci + "/drm", error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (name.rfind("renderD", 0) == 0) return "/dev/dri/" + name;
  }
  return std::nullopt;
}

/// A container's device filter answers only at open().
bool LiveDevices::opens(const std::string& path) const {
  return Fd(::open((root_ + path).c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK)).get() >= 0;
}

}  // namespace skyrun
