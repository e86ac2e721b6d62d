// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "topology/mapping/placement.h"

namespace skyrun {

/// Where ranks would sit on one machine, a line each, and by which policy.
std::string place_text(const Machine& machine, const Placement& placement);

/// The same as one JSON object in one line; docs/topo.md has its fields.
std::string place_json(const Machine& machine, const Placement& placement);

}  // namespace skyrun
