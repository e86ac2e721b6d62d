// SPDX-License-Identifier: Apache-2.0
//
// How CUDA numbers a node's GPUs (CUDA programming guide, "CUDA Environment Variables"): by PCI
// address where CUDA_DEVICE_ORDER is PCI_BUS_ID; else FASTEST_FIRST, which only CUDA itself can
// tell. Equal GPUs have the same order either way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/environment.h"
#include "topology/pci_device.h"

namespace skyrun {

/// NVIDIA's GPUs of a node, numbered anew by address where the environment asks for it.
std::vector<Gpu> in_cuda_order(std::vector<Gpu> gpus, const Environment& environment);

/// Where the numbers here may be others than CUDA's: different GPUs, and nobody asked for the order
/// of their addresses, or named them by UUID.
std::optional<std::string> cuda_order_notice(const std::vector<Gpu>& gpus,
                                             const Environment& environment);

/// The same of a machine that a file describes, where the file may say what CUDA's numbers were.
std::optional<std::string> cuda_order_notice(const std::vector<Gpu>& gpus,
                                             const std::vector<PciDevice>& devices);

}  // namespace skyrun
