// SPDX-License-Identifier: Apache-2.0
//
// Discovery: from hwloc and the system to a Machine. Of this node, or of a file that describes one.
#pragma once

#include <string>

#include "core/result.h"
#include "topology/gpu_rules.h"
#include "topology/machine.h"

namespace skyrun {

/// This node as this process may use it: its affinity, its cgroup's CPUs, the environment's choice
/// of GPUs and of the hierarchy of Intel's. Libraries of vendors may end the process that asks
/// them: run this in one of its own. Takes HWLOC_XMLFILE and its like out of the environment, and
/// says so in the notices.
Result<Machine> read_own_machine(GpuRules rules = {});

/// The machine that hwloc's XML in the file describes, whatever this one is. Files over 16 MiB are
/// refused. hwloc 2 does not survive every hostile file: a child process with limits reads it
/// first.
Result<Machine> read_machine_file(const std::string& path, const GpuRules& rules = {});

/// The same for a text, without the child process.
Result<Machine> read_machine_xml(const std::string& xml, const GpuRules& rules = {});

constexpr size_t kMaxTopologyFile = 16U << 20U;

}  // namespace skyrun
