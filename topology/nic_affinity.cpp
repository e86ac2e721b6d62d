// SPDX-License-Identifier: Apache-2.0
#include "topology/nic_affinity.h"

#include <algorithm>

namespace skyrun {
namespace {

std::string name_of(const PciDevice& device) {
  const OsDevice* best = nullptr;
  for (const OsDevice& os : device.os_devices) {
    if (!os.is_fabric && !os.is_network) continue;
    if (best == nullptr || (os.is_fabric && !best->is_fabric)) best = &os;
  }
  return best == nullptr ? "" : best->name;
}

/// Finer than PathClass: another NUMA node of the same package is nearer than another package.
enum class Distance { pix, pxb, phb, node, package, sys };

PathClass class_of(Distance distance) {
  return distance >= Distance::package ? PathClass::sys : static_cast<PathClass>(distance);
}

/// Through the nearest bridge above both.
std::optional<Distance> over_bridges(const Locality& a, const Locality& b) {
  for (size_t i = 0; i < a.bridges.size(); ++i) {
    const auto same = std::find(b.bridges.begin(), b.bridges.end(), a.bridges[i]);
    if (same == b.bridges.end()) continue;
    if (i + 1 == a.bridges.size()) return Distance::phb;
    const bool both_beside = i <= 1 && same - b.bridges.begin() <= 1;
    return both_beside ? Distance::pix : Distance::pxb;
  }
  return std::nullopt;
}

Distance between(const Locality& a, const Locality& b) {
  if (const auto near = over_bridges(a, b)) return *near;
  if (a.numa && a.numa == b.numa) return Distance::node;
  if (a.package && a.package == b.package) return Distance::package;
  return Distance::sys;
}

}  // namespace

bool is_fabric_nic(const PciDevice& device) {
  const uint16_t vendor = device.ids.vendor;
  const bool infiniband = device.class_id == 0x0207 || device.class_id == 0x0208;
  const bool omni_path = device.class_id == 0x0c06;
  const bool ethernet_of_mellanox = vendor == 0x15b3 && device.class_id >> 8U == 2;
  const bool efa = vendor == 0x1d0f && (device.ids.device & 0xfff0U) == 0xefa0;
  return infiniband || omni_path || ethernet_of_mellanox || efa || vendor == 0x17db ||
         vendor == 0x119f;
}

std::vector<Nic> fabric_nics(const std::vector<PciDevice>& devices) {
  std::vector<Nic> nics;
  for (const PciDevice& device : devices) {
    std::string name = name_of(device);
    if (!is_fabric_nic(device) || name.empty()) continue;
    nics.push_back({std::move(name), device.address, device.where.numa, device.where.cpus});
  }
  return nics;
}

void find_nearest_nics(std::vector<Gpu>& gpus, const std::vector<PciDevice>& devices) {
  for (Gpu& gpu : gpus) {
    const auto self = std::find_if(devices.begin(), devices.end(), [&gpu](const PciDevice& device) {
      return gpu.pci && device.address == gpu.pci;
    });
    if (self == devices.end()) continue;
    Distance best = Distance::sys;
    for (const PciDevice& device : devices) {
      std::string name = name_of(device);
      if (!is_fabric_nic(device) || name.empty()) continue;
      const Distance distance = between(self->where, device.where);
      if (distance > best) continue;
      if (distance < best) gpu.nics.clear();
      best = distance;
      gpu.nics.push_back(std::move(name));
    }
    gpu.nic_path = class_of(best);
  }
}

}  // namespace skyrun
