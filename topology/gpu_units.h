// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "topology/gpu_rules.h"
#include "topology/pci_device.h"

namespace skyrun {

/// What programs see of a device that is a GPU: itself, or each of its partitions, tiles or MIG
/// instances, by the library or driver that knows most of them. Without an index.
std::vector<Gpu> units_of(const PciDevice& device, const GpuRules& rules);

}  // namespace skyrun
