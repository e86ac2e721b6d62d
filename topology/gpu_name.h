// SPDX-License-Identifier: Apache-2.0
//
// The name that SkyPilot gives an accelerator. SkyPilot's own sources disagree with each other
// (H100 and H100-80GB are one card), so names are compared by same_accelerator(), never as texts.
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

/// Are these two names of one accelerator? Case does not matter.
bool same_accelerator(std::string_view one, std::string_view other);

}  // namespace skyrun
