// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "topology/mapping/placement.h"

namespace skyrun {

/// A picture of the machine, 900 pixels wide: packages, their NUMA nodes with a cell a core, and
/// beside them GPUs and adapters, a GPU joined to its nearest where they share a host bridge. With
/// a placement (null: none) a core has the colour of the rank that is bound to it, or stripes of
/// several.
std::string machine_svg(const Machine& machine, const Placement* placement);

}  // namespace skyrun
