// SPDX-License-Identifier: Apache-2.0
//
// What a node consists of, as plain values: what discovery reads from hwloc and the system, and
// what placement works on. Nothing here knows hwloc.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "topology/cpu_set.h"

namespace skyrun {

/// What ranks are mapped by and bound to, from the largest.
enum class Level { package, numa, l3cache, l2cache, l1cache, core, hwthread };
constexpr size_t kLevels = 7;

/// One object of a level.
struct Domain {
  /// The operating system's number (P#) where it has one, else the logical. Of CPUs without memory
  /// of their own, which are a NUMA node all the same: kNoNumber.
  uint32_t index = 0;
  CpuSet cpus;  ///< of it that we may use; objects without any are left out

  bool has_number() const { return index != kNoNumber; }
  friend bool operator==(const Domain&, const Domain&) = default;

  static constexpr uint32_t kNoNumber = UINT32_MAX;
};

/// How far two devices are apart, as `nvidia-smi topo -m` names it: the same PCI switch, several
/// switches, the same host bridge, the same NUMA node, or farther.
enum class PathClass { pix, pxb, phb, node, sys };

/// PCI address.
struct PciAddress {
  uint32_t domain = 0;
  uint8_t bus = 0;
  uint8_t device = 0;
  uint8_t function = 0;

  friend auto operator==(const PciAddress&, const PciAddress&) -> bool = default;
};

/// Something that programs see as one GPU: a card, a die of it, a partition or a tile.
struct Gpu {
  uint32_t index = 0;             ///< in the order of the vendor's runtime, before visibility
  std::optional<PciAddress> pci;  ///< none: the vendor's library names no address
  uint32_t partition = 0;         ///< among those of one PCI function
  uint16_t vendor = 0;            ///< PCI ids
  uint16_t device = 0;
  std::string os_device;  ///< "nvml0", "rsmi3", "kfd5"; empty: only PCI shows it
  std::string model;      ///< as the vendor names it; may be empty
  std::string name;       ///< SkyPilot's, "H100"
  std::string uuid;       ///< empty: not known
  /// The NUMA node whose memory is near it (P#); none: nobody says, it is near several, or its CPUs
  /// have no memory of their own.
  std::optional<uint32_t> numa;
  CpuSet cpus;                    ///< near it, of those that we may use; empty: none of them
  std::vector<std::string> nics;  ///< names of the nearest, all of the best class
  PathClass nic_path = PathClass::sys;

  friend bool operator==(const Gpu&, const Gpu&) = default;
};

/// A display or accelerator device that does not count, and why.
struct ExcludedDevice {
  PciAddress pci;
  std::string why;
  friend bool operator==(const ExcludedDevice&, const ExcludedDevice&) = default;
};

struct Nic {
  std::string name;  ///< OpenFabrics name where it has one: "mlx5_0"
  std::optional<PciAddress> pci;
  std::optional<uint32_t> numa;
  CpuSet cpus;  ///< near it, of those that we may use
  friend bool operator==(const Nic&, const Nic&) = default;
};

struct Machine {
  CpuSet allowed;  ///< what we may use: the cgroup's, and our own affinity
  std::array<std::vector<Domain>, kLevels> levels;  ///< in hwloc's logical order
  /// One number a core, in the order of the cores: cores of the same kind have the same, the
  /// fastest kind has the highest. Empty: all alike.
  std::vector<uint32_t> core_kinds;
  std::vector<Gpu> gpus;  ///< in the order in which programs see them, hidden ones left out
  std::vector<ExcludedDevice> excluded;
  std::vector<Nic> nics;
  std::vector<std::string> notices;  ///< what the person should know of how it was read

  const std::vector<Domain>& at(Level level) const { return levels[static_cast<size_t>(level)]; }
  friend bool operator==(const Machine&, const Machine&) = default;
};

}  // namespace skyrun
