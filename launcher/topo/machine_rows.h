// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "topology/machine.h"

namespace skyrun {

/// What is shown together: the cores of a NUMA node (or of a package, where nobody tells its NUMA
/// nodes) and what is attached there. Numbers are places in Machine's lists; all are somewhere,
/// once.
struct MachineRow {
  std::string title;  ///< "NUMA 3"; empty: what is attached to the whole block
  std::string cpus;
  std::vector<uint32_t> cores, gpus, nics;
};

struct MachineBlock {
  std::string title;  ///< "package 0"; empty: rows of no package, and what is attached nowhere
  std::vector<MachineRow> rows;
};

std::vector<MachineBlock> arrange(const Machine& machine);

}  // namespace skyrun
