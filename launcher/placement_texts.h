// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "launcher/options.h"

namespace skyrun {

/// What the options of placement say, as typed; empty where they are not given.
struct PlacementTexts {
  std::string map, rank, bind;
  std::string display;  ///< words with commas between: map, bindings
};

/// Reads them, and the file that --map-by names, into the options. Fails with the option's name and
/// what it takes.
Result<void> read_placement(const PlacementTexts& texts, Options& options);

}  // namespace skyrun
