// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "topology/gpu_tables.h"
#include "topology/machine.h"

namespace skyrun {

/// Vendors' libraries, whose devices are GPUs. The first that a device has names and orders it.
inline constexpr std::array<std::string_view, 5> kGpuLibraries = {"NVML", "RSMI", "LevelZero",
                                                                  "CUDA", "OpenCL"};

/// A name that a driver or a vendor's library gives a device.
struct OsDevice {
  std::string name;  ///< "nvml0", "mlx5_0"
  /// A library's: "NVML", "CUDA", "RSMI", "LevelZero", "OpenCL"; "MIG" for parts of a GPU of NVML.
  /// A GPU driver's files: "nvidia", "KFD". Empty: the kernel's.
  std::string backend;
  std::string model;
  std::string uuid;
  uint32_t memory_gib = 0;  ///< 0: not known
  bool is_fabric = false;   ///< an OpenFabrics device
  bool is_network = false;
};

/// Where a device is attached.
struct Locality {
  std::optional<uint32_t> numa;     ///< P#; none: unknown, or the whole machine
  std::optional<uint32_t> package;  ///< logical
  CpuSet cpus;                      ///< near it, whether we may use them or not
  std::vector<uint64_t> bridges;    ///< from the nearest to the host bridge
};

/// A PCI function, or (no address) a device that only a vendor's library knows.
struct PciDevice {
  std::optional<PciAddress> address;
  PciIds ids;
  uint16_t class_id = 0;
  std::vector<OsDevice> os_devices;
  std::string refused;  ///< why its vendor's library lets no program use it; empty: it does
  Locality where;
};

/// "0000:1b:00.0"
std::string text(const PciAddress& address);
/// The same back; of NVIDIA's "00000000:1B:00.0" too.
std::optional<PciAddress> parse_pci_address(std::string_view text);

/// The one at this address, or null.
PciDevice* find_device(std::vector<PciDevice>& devices, const PciAddress& address);

}  // namespace skyrun
