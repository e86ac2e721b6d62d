// SPDX-License-Identifier: Apache-2.0
#include "topology/hwloc_devices.h"

#include <array>
#include <utility>

#include "core/text.h"
#include "topology/numa_nodes.h"

namespace skyrun {
namespace {

/// What a device is, the same for hwloc 2 (one type) and 3 (a mask of them).
bool is_type(hwloc_obj_t object, hwloc_obj_osdev_type_e type) {
#if HWLOC_API_VERSION >= 0x00030000
  return (object->attr->osdev.types & type) != 0;
#else
  return object->attr->osdev.type == type;
#endif
}

std::string info(hwloc_obj_t object, const char* key) {
  const char* value = hwloc_obj_get_info_by_name(object, key);
  return value == nullptr ? "" : value;
}

/// The subtype; files of old hwlocs have it as an info or only in the device's name.
std::string backend_of(hwloc_obj_t object, const std::string& name) {
  if (object->subtype != nullptr) return object->subtype;
  if (auto backend = info(object, "Backend"); !backend.empty()) return backend;
  using Prefix = std::pair<std::string_view, const char*>;
  constexpr std::array<Prefix, 5> kPrefixes = {Prefix{"nvml", "NVML"}, Prefix{"cuda", "CUDA"},
                                               Prefix{"rsmi", "RSMI"}, Prefix{"ze", "LevelZero"},
                                               Prefix{"opencl", "OpenCL"}};
  for (const auto& [prefix, backend] : kPrefixes) {
    const auto rest = std::string_view(name).substr(std::min(prefix.size(), name.size()));
    const bool numbered = !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
    if (name.rfind(prefix, 0) == 0 && numbered) return backend;
  }
  return "";
}

/// From KiB ("83886080", since hwloc 3 "83886080KiB"), rounded: a card of "80 GB" says a little
/// less.
uint32_t gib(std::string_view kib) {
  if (kib.ends_with("KiB")) kib.remove_suffix(3);
  const uint64_t value = to_number<uint64_t>(kib).value_or(0);
  return static_cast<uint32_t>((value + (1U << 19U)) >> 20U);
}

std::string first_info(hwloc_obj_t object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (auto value = info(object, key); !value.empty()) return value;
  }
  return "";
}

OsDevice to_os_device(hwloc_obj_t object) {
  OsDevice device;
  device.name = object->name == nullptr ? "" : object->name;
  device.backend = backend_of(object, device.name);
  device.model = first_info(object, {"GPUModel", "LevelZeroModel"});
  device.uuid = first_info(object, {"NVIDIAUUID", "AMDUUID", "LevelZeroUUID"});
  device.memory_gib = gib(first_info(object, {"CUDAGlobalMemorySize", "RSMIVRAMSize"}));
  device.is_fabric = is_type(object, HWLOC_OBJ_OSDEV_OPENFABRICS);
  device.is_network = is_type(object, HWLOC_OBJ_OSDEV_NETWORK);
  return device;
}

/// A CPU that OpenCL offers is no GPU.
bool is_device(hwloc_obj_t object) {
  const std::string kind = info(object, "OpenCLDeviceType");
  return kind.empty() || kind == "GPU";
}

void add_os_devices(hwloc_obj_t parent, std::vector<OsDevice>& to) {
  for (hwloc_obj_t child = parent->io_first_child; child != nullptr; child = child->next_sibling) {
    if (child->type != HWLOC_OBJ_OS_DEVICE) continue;
    if (is_device(child)) to.push_back(to_os_device(child));
    add_os_devices(child, to);
  }
}

CpuSet near_cpus(hwloc_topology_t topology, hwloc_obj_t ancestor) {
  for (const auto* set : {ancestor->cpuset, ancestor->complete_cpuset}) {
    if (CpuSet cpus = to_cpu_set(set); !cpus.empty()) return cpus;
  }
  CpuSet cpus;
  for (hwloc_obj_t node = nullptr;
       (node = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, node)) != nullptr;) {
    if (ancestor->nodeset != nullptr &&
        hwloc_bitmap_isset(ancestor->nodeset, node->os_index) != 0) {
      cpus |= to_cpu_set(node->complete_cpuset);
    }
  }
  return cpus;
}

/// Where no CPU at all is left, the node of its memory still says it.
std::optional<uint32_t> numa_of_memory(hwloc_topology_t topology, hwloc_obj_t ancestor) {
  if (hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE) < 2) return std::nullopt;
  if (ancestor->nodeset == nullptr || hwloc_bitmap_weight(ancestor->nodeset) != 1) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(hwloc_bitmap_first(ancestor->nodeset));
}

Locality locality_of(hwloc_topology_t topology, const std::vector<Domain>& nodes,
                     hwloc_obj_t object) {
  Locality where;
  for (hwloc_obj_t up = object->parent; up != nullptr; up = up->parent) {
    if (up->type == HWLOC_OBJ_BRIDGE) where.bridges.push_back(up->gp_index);
    if (up->type == HWLOC_OBJ_PACKAGE) where.package = up->logical_index;
  }
  hwloc_obj_t ancestor = hwloc_get_non_io_ancestor_obj(topology, object);
  if (ancestor == nullptr) return where;
  where.cpus = near_cpus(topology, ancestor);
  where.numa = only_numa_node(nodes, where.cpus);
  if (where.cpus.empty()) where.numa = numa_of_memory(topology, ancestor);
  return where;
}

PciDevice to_pci_device(hwloc_topology_t topology, const std::vector<Domain>& nodes,
                        hwloc_obj_t object) {
  const auto& pci = object->attr->pcidev;
  PciDevice device;
  device.address = PciAddress{pci.domain, pci.bus, pci.dev, pci.func};
  device.ids = {pci.vendor_id, pci.device_id, pci.subvendor_id, pci.subdevice_id};
  device.class_id = pci.class_id;
  device.where = locality_of(topology, nodes, object);
  add_os_devices(object, device.os_devices);
  return device;
}

bool is_below_pci(hwloc_obj_t object) {
  for (; object != nullptr; object = object->parent) {
    if (object->type == HWLOC_OBJ_PCI_DEVICE) return true;
  }
  return false;
}

}  // namespace

std::vector<PciDevice> read_devices(hwloc_topology_t topology) {
  const auto nodes = read_numa_nodes(topology);
  std::vector<PciDevice> devices;
  for (hwloc_obj_t pci = nullptr; (pci = hwloc_get_next_pcidev(topology, pci)) != nullptr;) {
    devices.push_back(to_pci_device(topology, nodes, pci));
  }
  for (hwloc_obj_t os = nullptr; (os = hwloc_get_next_osdev(topology, os)) != nullptr;) {
    OsDevice device = to_os_device(os);
    if (device.backend != "RSMI" || is_below_pci(os)) continue;
    PciDevice lone;
    lone.ids.vendor = 0x1002;
    lone.where = locality_of(topology, nodes, os);
    lone.os_devices.push_back(std::move(device));
    devices.push_back(std::move(lone));
  }
  return devices;
}

}  // namespace skyrun
