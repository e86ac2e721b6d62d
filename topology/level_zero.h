// SPDX-License-Identifier: Apache-2.0
//
// How Level Zero shows Intel's cards of several tiles (Level Zero specification, programming guide,
// "Device Hierarchy" and "Affinity Mask"). COMPOSITE: a card is a device zeN with parts zeN.K, and
// ZE_AFFINITY_MASK names a card, "N", or a part, "N.K". FLAT and COMBINED: each tile is a device,
// numbered over all cards, and the mask has only such numbers. Without ZE_FLAT_DEVICE_HIERARCHY the
// driver decides. A card of one tile is the same in all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/environment.h"
#include "topology/machine.h"

namespace skyrun {

enum class ZeHierarchy { composite, flat, combined };

/// What ZE_FLAT_DEVICE_HIERARCHY asks for; nothing: it is not set, or to none of its words.
std::optional<ZeHierarchy> ze_hierarchy(const Environment& environment);

/// Those of Intel's GPUs, in the order of Level Zero, that ZE_AFFINITY_MASK leaves: it filters and
/// does not order. Without a mask, and with an empty one, all.
std::vector<Gpu> ze_visible(const std::vector<Gpu>& gpus, const Environment& environment);

}  // namespace skyrun
