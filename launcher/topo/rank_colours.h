// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace skyrun {

struct RankColour {
  std::string_view fill;
  std::string_view ink;  ///< of letters on it
};

/// Colours that people who see fewer can tell apart (Okabe and Ito, "Color Universal Design"); they
/// come again, but neighbours differ.
RankColour rank_colour(uint32_t rank);

}  // namespace skyrun
