// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyrun {

/// What the process that looked at a node says: what equal nodes have alike, and what tells them
/// apart.
struct MachineReport {
  std::string machine;                 ///< as topology/machine_wire.h reads it
  std::vector<std::string> gpu_uuids;  ///< of its GPUs, in their order; "": not known

  friend bool operator==(const MachineReport&, const MachineReport&) = default;
};

std::string encode(const MachineReport& report);

/// Nothing where the bytes are none.
std::optional<MachineReport> decode_machine_report(std::string_view bytes);

}  // namespace skyrun
