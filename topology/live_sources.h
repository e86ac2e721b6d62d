// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "topology/nvml.h"
#include "topology/pci_device.h"

namespace skyrun {

/// Adds to the devices that hwloc lists what the GPU drivers' own files under `root` ("" for the
/// real ones) and NVIDIA's library say: GPUs that PCI does not show, partitions and MIG instances,
/// and models and UUIDs that hwloc did not give. `anywhere` is where a GPU is of which nobody says
/// it: the CPUs that may be used.
void add_live_sources(std::vector<PciDevice>& devices, const std::string& root, const Nvml& nvml,
                      const CpuSet& anywhere);

}  // namespace skyrun
