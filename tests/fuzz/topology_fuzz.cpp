// SPDX-License-Identifier: Apache-2.0
//
// Hostile topologies: what our reading makes of whatever hwloc accepts. hwloc itself does not
// survive all of them (2.9 follows null cpusets), so that a child process loads each first, as in
// skyrun.
#include <cstdint>
#include <string>

#include "core/assert.h"
#include "topology/guarded.h"
#include "topology/hwloc_topology.h"
#include "topology/machine_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string xml(reinterpret_cast<const char*>(data), size);
  if (!skyrun::survives([&xml] { static_cast<void>(skyrun::load_hwloc_xml(xml)); })) return 0;
  const auto machine = skyrun::read_machine_xml(xml);
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
