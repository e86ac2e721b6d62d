// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "topology/level_zero.h"
#include "topology/machine.h"

namespace skyrun {

/// What counts as one GPU: a PCI function with all that it is split into; what the vendor's runtime
/// shows as a device; or the smallest part that a program can ask for, a tile of Intel's.
enum class GpuUnit { card, device, tile };

/// What the person wants counted.
struct GpuRules {
  GpuUnit unit = GpuUnit::device;
  bool include_integrated = false;  ///< beside the CPU, where there is no other GPU
  /// How programs see Intel's tiles; nothing: as Level Zero showed them to hwloc.
  std::optional<ZeHierarchy> hierarchy;
};

/// "card", "device" or "tile".
std::optional<GpuUnit> parse_gpu_unit(std::string_view word);

/// One for each card that any of them belongs to, with the number and the name of its first. Dies
/// of one board that are PCI functions of their own (MI250X, K80) stay apart: nothing says reliably
/// which belong together. So do MIG instances: a GPU in MIG mode is of no use as a whole.
std::vector<Gpu> merge_cards(const std::vector<Gpu>& gpus);

}  // namespace skyrun
