// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "topology/machine.h"

namespace skyrun {

/// "2 packages, 2 NUMA nodes, 112 cores, 224 CPUs, 8 GPUs"
std::string summary_text(const Machine& machine);

/// PIX, PXB, PHB, NODE or SYS.
std::string_view path_word(PathClass path);

/// A tree of at most 80 columns: packages, their NUMA nodes, what is near each.
std::string machine_text(const Machine& machine);

/// "note: …" for each, in lines of at most 80 columns.
std::string notices_text(const Machine& machine);

/// As docs/topo.md describes it; one line with its end.
std::string machine_json(const Machine& machine);

/// What skyrund asks: a MachineReport, which is no text.
std::string machine_report(const Machine& machine);

}  // namespace skyrun
