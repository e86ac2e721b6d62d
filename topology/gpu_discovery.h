// SPDX-License-Identifier: Apache-2.0
//
// Which of the devices of a node are GPUs. The union of all sources, keyed by PCI function and
// partition: the same card has three names where CUDA, NVML and OpenCL are all installed, and none
// where the distribution's hwloc knows no vendor.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "topology/gpu_rules.h"
#include "topology/machine.h"
#include "topology/pci_device.h"

namespace skyrun {

/// Why a device that counts by its ids cannot be used here; nothing: it can.
using Unusable = std::function<std::optional<std::string>(const PciDevice&)>;

struct FoundGpus {
  std::vector<Gpu> gpus;  ///< in the order of the vendors' runtimes, all vendors
  std::vector<ExcludedDevice> excluded;
};

/// Devices, or (rules.unit) tiles; cards are merged from what is visible, see gpu_rules.h.
FoundGpus discover_gpus(const std::vector<PciDevice>& devices, const Unusable& unusable,
                        const GpuRules& rules = {});

/// One vendor's only: the one with most, NVIDIA before AMD before Intel among equals. The others
/// become excluded.
void keep_one_vendor(FoundGpus& found);

}  // namespace skyrun
