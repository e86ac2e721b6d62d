// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// Does a vendor's library list it? Then it is a GPU, whatever its class and ids.
bool is_known_to_library(const PciDevice& device);

/// Why a device of class 03 or 12, or known to a library, is no GPU by what it is; nothing: it is
/// one. `integrated`: those beside the CPU are.
std::optional<std::string> why_no_gpu(const PciDevice& device, const std::vector<PciDevice>& all,
                                      bool integrated);

}  // namespace skyrun
