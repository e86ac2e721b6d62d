// SPDX-License-Identifier: Apache-2.0
//
// Hostile topologies: what our reading makes of whatever hwloc accepts. hwloc runs in this process,
// so that its own faults are found too; skyrun itself reads such files in a child process first.
#include <cstdint>
#include <string>

#include "core/assert.h"
#include "topology/machine_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto machine =
      skyrun::read_machine_xml(std::string(reinterpret_cast<const char*>(data), size));
  if (!machine) {
    SKYRUN_ASSERT(!machine.error().text().empty());
    return 0;
  }
  SKYRUN_ASSERT(!machine->allowed.empty());
  for (const skyrun::Gpu& gpu : machine->gpus) {
    SKYRUN_ASSERT(!gpu.name.empty());
    SKYRUN_ASSERT(gpu.cpus.is_within(machine->allowed));
  }
  return 0;
}
