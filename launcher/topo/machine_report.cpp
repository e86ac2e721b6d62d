// SPDX-License-Identifier: Apache-2.0
#include "topology/machine_wire.h"

#include "launcher/topo/machine_text.h"
#include "protocol/machine_report.h"

namespace skyrun {

std::string machine_report(const Machine& machine) {
  MachineReport report{.machine = encode_machine(machine)};
  report.gpu_uuids.reserve(machine.gpus.size());
  for (const Gpu& gpu : machine.gpus) report.gpu_uuids.push_back(gpu.uuid);
  return encode(report);
}

}  // namespace skyrun
