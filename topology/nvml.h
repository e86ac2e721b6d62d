// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "topology/pci_device.h"

namespace skyrun {

/// A GPU that NVIDIA's management library shows.
struct NvmlGpu {
  struct Instance {
    std::string uuid;  ///< "MIG-…"
    std::string model;
    friend bool operator==(const Instance&, const Instance&) = default;
  };

  uint32_t index = 0;  ///< NVML's
  PciAddress address;
  PciIds ids;
  uint32_t memory_gib = 0;
  bool is_mig = false;  ///< then programs use its instances, each process one
  std::string uuid;
  std::string model;
  std::vector<Instance> instances;
};

/// NVIDIA's management library, which is asked in a child process: it is not ours to trust.
class Nvml {
 public:
  explicit Nvml(std::string library = "libnvidia-ml.so.1",
                std::chrono::milliseconds patience = std::chrono::seconds(6))
      : library_(std::move(library)), patience_(patience) {}

  /// Those that a program here may use. None where the library is missing, has no driver, crashes,
  /// or does not answer in time.
  std::vector<NvmlGpu> gpus() const;

 private:
  std::string library_;
  std::chrono::milliseconds patience_;
};

/// From the lines of ask_nvml(); one that is none ends the list.
std::vector<NvmlGpu> parse_nvml(std::string_view lines);

/// Gives the devices their NVML names, unless hwloc did, and their MIG instances; adds those that
/// PCI does not show (WSL).
void add_nvml(std::vector<PciDevice>& devices, const std::vector<NvmlGpu>& gpus,
              const std::string& root, const CpuSet& anywhere);

}  // namespace skyrun
