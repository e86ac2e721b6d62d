// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "topology/machine.h"
#include "topology/pci_device.h"

namespace skyrun {

/// Is it an adapter that ranks would talk through: InfiniBand, Slingshot, EFA, BXI, Omni-Path, or a
/// Mellanox Ethernet?
bool is_fabric_nic(const PciDevice& device);

/// By the names of the kernel; the OpenFabrics name where there is one.
std::vector<Nic> fabric_nics(const std::vector<PciDevice>& devices);

/// Gives each GPU the names of its nearest adapters, and how far those are.
void find_nearest_nics(std::vector<Gpu>& gpus, const std::vector<PciDevice>& devices);

}  // namespace skyrun
