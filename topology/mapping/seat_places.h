// SPDX-License-Identifier: Apache-2.0
//
// Where on a node a policy lets ranks sit, and how many.
#pragma once

#include <optional>
#include <string>

#include "topology/mapping/defaults.h"
#include "topology/mapping/units.h"

namespace skyrun {

using Objects = std::vector<Units::List>;

/// What ranks are mapped to, one after another. Some may be empty; of cores and hardware threads,
/// where a rank takes several, neighbours are one object.
Objects objects_of(const Units& units, const Plan& plan);

/// How many ranks the CPUs of the node are enough for, without overload.
uint32_t cpu_room(const Units& units, const Plan& plan);

/// Where no rank can have all the CPUs it is to have (PE=n), however few ranks there are: why, and
/// what would do.
std::optional<std::string> why_too_small(const Units& units, const Plan& plan);

/// Ranks that the pattern ppr:N:object gives the node.
uint32_t pattern_ranks(const Units& units, const Plan& plan);

}  // namespace skyrun
