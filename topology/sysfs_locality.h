// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "topology/pci_device.h"

namespace skyrun {

/// Where sysfs under `root` says that a device is attached which hwloc does not list: the NUMA node
/// and the CPUs near it, without packages and bridges. Where it says nothing: `anywhere`, all CPUs.
Locality sysfs_locality(const std::string& root, const PciAddress& address, const CpuSet& anywhere);

}  // namespace skyrun
