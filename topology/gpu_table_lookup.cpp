// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "topology/gpu_tables.h"

namespace skyrun {

std::vector<std::vector<std::string_view>> table_rows(std::string_view table) {
  std::vector<std::vector<std::string_view>> rows;
  for (const std::string_view line : split(table, '\n')) {
    if (!line.empty() && line.front() != '#') rows.push_back(split(line, '\t'));
  }
  return rows;
}

std::optional<GpuModel> find_gpu_model(const PciIds& ids) {
  const std::string vendor = fmt::format("{:04x}", ids.vendor);
  const std::string device = fmt::format("{:04x}", ids.device);
  const std::string subsystem = fmt::format("{:04x}:{:04x}", ids.subvendor, ids.subdevice);
  std::optional<GpuModel> any;
  for (const auto& row : table_rows(kGpuModelsTable)) {
    if (row.size() < 6 || row[0] != vendor || row[1] != device) continue;
    const auto subsystems = split(row[2], ',');
    const bool exact =
        std::find(subsystems.begin(), subsystems.end(), subsystem) != subsystems.end();
    if (!exact && (row[2] != "*" || any)) continue;
    any =
        GpuModel{std::string(row[3]), std::string(row[4]), to_number<uint32_t>(row[5]).value_or(0)};
    if (exact) break;
  }
  return any;
}

std::string_view display_kind(uint16_t vendor, uint16_t device) {
  const std::string vendor_text = fmt::format("{:04x}", vendor);
  const std::string device_text = fmt::format("{:04x}", device);
  for (const auto& row : table_rows(kDisplayClassesTable)) {
    if (row.size() < 3 || row[0] != vendor_text) continue;
    if (row[1] == device_text || row[2] == "never") return row[2];
  }
  return {};
}

}  // namespace skyrun
