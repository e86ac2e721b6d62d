// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "topology/hwloc_topology.h"
#include "topology/pci_device.h"

namespace skyrun {

/// Every PCI function that hwloc keeps, in its order, with what hangs off it; then the devices of
/// AMD's library without one (hwloc before 2.12 knows partitions so).
std::vector<PciDevice> read_devices(hwloc_topology_t topology);

}  // namespace skyrun
