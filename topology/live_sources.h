// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// Adds to the devices that hwloc lists what the GPU drivers' own files under `root` ("" for the
/// real ones) say: GPUs that PCI does not show, and models and UUIDs that no vendor's library gave.
/// `anywhere` is where a GPU is of which nobody says it: the CPUs that may be used.
void add_live_sources(std::vector<PciDevice>& devices, const std::string& root,
                      const CpuSet& anywhere);

}  // namespace skyrun
