// SPDX-License-Identifier: Apache-2.0
#include "protocol/machine_report.h"

#include "machine.pb.h"
#include "protocol/bounds.h"

namespace skyrun {

std::string encode(const MachineReport& report) {
  pb::MachineReport wire;
  wire.set_machine(report.machine);
  for (const auto& uuid : report.gpu_uuids) wire.add_gpu_uuids(uuid);
  return wire.SerializeAsString();
}

std::optional<MachineReport> decode_machine_report(std::string_view bytes) {
  if (!check_bounds(bytes, fields_of_machine_report())) return std::nullopt;
  pb::MachineReport wire;
  if (!wire.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return MachineReport{.machine = wire.machine(),
                       .gpu_uuids = {wire.gpu_uuids().begin(), wire.gpu_uuids().end()}};
}

}  // namespace skyrun
