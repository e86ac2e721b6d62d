// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// The last resort, for sandboxes such as gVisor that show neither PCI devices nor NVIDIA's files
/// in /proc: a GPU for each /dev/nvidiaN that opens, in the order of the numbers. What model it is
/// and where nobody knows. Adds nothing where a GPU of NVIDIA is known, or would be shown.
void add_nvidia_nodes(std::vector<PciDevice>& devices, const std::string& root,
                      const CpuSet& anywhere);

}  // namespace skyrun
