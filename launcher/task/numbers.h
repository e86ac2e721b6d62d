// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "launcher/task/resources.h"

namespace skyrun {

/// What Python's float() takes: blanks around, a sign, digits with single underscores between,
/// `1.`, `.5`, `1e3`, inf, nan. Nothing for any other text.
std::optional<double> to_float(std::string_view text);

/// `resources.cpus`: "4", "4+", "0.5". Fails with SkyPilot's words.
Result<Quantity> parse_cpus(std::string_view text);

/// `resources.memory` in GiB: "32", "32+", "64GB", "1024MB", "32Gi+". Zero only where
/// `zero_allowed` (Slurm: the site's default). Fails with SkyPilot's words.
Result<Quantity> parse_memory(std::string_view text, bool zero_allowed);

/// Whole GiB of a size with or without unit: `disk_size`, and accelerators by memory.
/// `field` names the field in the error text.
Result<int> parse_whole_gib(std::string_view text, std::string_view field = "accelerators");

}  // namespace skyrun
