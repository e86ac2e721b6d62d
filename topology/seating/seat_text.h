// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "topology/mapping/placement.h"

namespace skyrun {

/// "CPUs 0-7, NUMA 0, GPU 0 H100", or "not bound".
std::string seat_text(const Machine& machine, const Seat& seat);

/// "map-by strict, rank-by slot, bind-to core"
std::string policy_text(const Placement& placement);

}  // namespace skyrun
