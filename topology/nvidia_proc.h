// SPDX-License-Identifier: Apache-2.0
//
// What NVIDIA's kernel driver says in /proc/driver/nvidia/gpus (driver README, "The /proc
// Interface"): a folder for each GPU, named by its address, with a file `information` of lines
// "Model: …", "GPU UUID: …", "Device Minor: …". It needs no library, and knows GPUs whose PCI ids
// cannot be read. Container tools show the container's GPUs only.
#pragma once

#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// What a GPU's file says.
struct NvidiaProcGpu {
  PciAddress address;
  std::string model;              ///< "Tesla V100-SXM2-16GB"; may be empty
  std::string uuid;               ///< "GPU-…"; empty before the driver has started the GPU
  std::optional<uint32_t> minor;  ///< of /dev/nvidiaN
};

/// That at this address; nothing: the driver does not show it.
std::optional<NvidiaProcGpu> read_nvidia_gpu(const std::string& root, const PciAddress& address);

/// Adds them to the devices: to those that are known what they lack, and the others in the order of
/// their addresses. `anywhere` is for those of which nobody says where they are.
void add_nvidia_proc(std::vector<PciDevice>& devices, const std::string& root,
                     const CpuSet& anywhere);

}  // namespace skyrun
