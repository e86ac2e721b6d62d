// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// An accelerator that has a name in SkyPilot.
struct KnownAccelerator {
  std::string_view name;    ///< canonical spelling
  int memory_gib = 0;       ///< of one device; 0: nobody asks for it by memory
  std::string_view maker;   ///< "nvidia", "amd", "intel" or "" (TPU and the like)
  bool in_catalog = false;  ///< SkyPilot's catalog of clouds has it, so that parts of it match
};

/// The table, compiled in: a task must mean the same wherever the program is copied.
const std::vector<KnownAccelerator>& known_accelerators();

/// The canonical spelling of a name, by SkyPilot's rule: the same name in other case; else the one
/// name of the catalog that contains it; else, since a node may have what nobody listed, the name
/// as it is. TPU names become lower case. Fails when several names contain it.
Result<std::string> canonical_accelerator(std::string_view name);

/// The names of all GPUs with that much memory (or at least that much), of one maker if given.
std::vector<std::string> accelerators_by_memory(int gib, bool or_more, std::string_view maker);

}  // namespace skyrun
