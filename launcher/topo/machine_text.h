// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "topology/machine.h"

namespace skyrun {

/// A tree of at most 80 columns: packages, their NUMA nodes, what is near each.
std::string machine_text(const Machine& machine);

/// As docs/topo.md describes it; one line with its end.
/// A line "NAME COUNT" for each kind of accelerator: what skyrund asks.
std::string machine_counts(const Machine& machine);

std::string machine_json(const Machine& machine);

}  // namespace skyrun
