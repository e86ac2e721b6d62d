// SPDX-License-Identifier: Apache-2.0
//
// The name that SkyPilot gives an accelerator. Names are compared by accelerator_names.h, never as
// texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topology/gpu_tables.h"

namespace skyrun {

/// By the rules of skypilot_rules.tsv; nothing where none fits. `memory_gib` (0: not known) tells
/// cards apart that differ in nothing else.
std::optional<std::string> name_of_model(std::string_view model, uint32_t memory_gib);

/// Never fails: by the model, for AMD by the PCI ids first (its models are unreliable), then by the
/// ids, and at last "NVIDIA-1234".
std::string gpu_name(const PciIds& ids, std::string_view model, uint32_t memory_gib);

}  // namespace skyrun
