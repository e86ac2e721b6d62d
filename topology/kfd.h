// SPDX-License-Identifier: Apache-2.0
//
// AMD's GPUs as the kernel's compute driver has them, without ROCm: a folder for each node in
// /sys/class/kfd/kfd/topology/nodes (Linux, drivers/gpu/drm/amd/amdkfd/kfd_topology.c) with a file
// `properties` of lines "name number". Nodes without SIMDs are CPUs. `location_id` is the PCI bus,
// device and function in `domain`; where an MI300 shows several nodes for one function, partitions,
// their number is in the bits of the function. A node that a container may not use has properties
// that cannot be read or, as ROCr itself judges it, a render node (/dev/dri/renderD…,
// `drm_render_minor`) that does not open. ROCr numbers the others in the order of the nodes.
#pragma once

#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// A node that a program here may use.
struct KfdNode {
  uint32_t number = 0;  ///< of its folder
  PciAddress location;  ///< with the partition's number in the function
  uint16_t device = 0;  ///< PCI id
  std::string uuid;     ///< "GPU-" and 16 digits, as ROCR_VISIBLE_DEVICES takes it; may be empty
};

/// In the order of their numbers.
std::vector<KfdNode> read_kfd(const std::string& root);

/// Gives the devices their nodes, and adds those that PCI does not show. What AMD's library listed
/// without an address is dropped then: those are the same partitions.
void add_kfd(std::vector<PciDevice>& devices, const std::string& root, const CpuSet& anywhere);

}  // namespace skyrun
