// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyrun {

/// The files of topology/data/, as compiled in.
extern const char* const kGpuModelsTable;
extern const char* const kSkypilotRulesTable;
extern const char* const kDisplayClassesTable;

/// The PCI ids that tell a card.
struct PciIds {
  uint16_t vendor = 0;
  uint16_t device = 0;
  uint16_t subvendor = 0;
  uint16_t subdevice = 0;
};

/// A row of gpu_models.tsv.
struct GpuModel {
  std::string model;        ///< as the vendor names it
  std::string name;         ///< SkyPilot's
  uint32_t memory_gib = 0;  ///< 0: not known
};

/// The row for these ids: the one of their subsystem, else the one for any.
std::optional<GpuModel> find_gpu_model(const PciIds& ids);

/// What pci_display_classes.tsv says of a device: "igpu", "legacy-vga", "discrete", "never" (also
/// of all devices of a vendor), or nothing.
std::string_view display_kind(uint16_t vendor, uint16_t device);

/// The columns of each row; comments are left out.
std::vector<std::vector<std::string_view>> table_rows(std::string_view table);

}  // namespace skyrun
