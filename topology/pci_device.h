// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "topology/gpu_tables.h"
#include "topology/machine.h"

namespace skyrun {

/// A name that a driver or a vendor's library gives a device.
struct OsDevice {
  std::string name;     ///< "nvml0", "mlx5_0"
  std::string backend;  ///< "NVML", "CUDA", "RSMI", "LevelZero", "OpenCL"; empty: the kernel's
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
  Locality where;
};

/// "0000:1b:00.0"
std::string text(const PciAddress& address);

}  // namespace skyrun
