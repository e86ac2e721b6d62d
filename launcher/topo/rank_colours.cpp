// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/rank_colours.h"

#include <array>

namespace skyrun {

RankColour rank_colour(uint32_t rank) {
  static constexpr std::array<RankColour, 8> kColours = {{{"#0072b2", "#ffffff"},
                                                          {"#e69f00", "#1f2937"},
                                                          {"#009e73", "#ffffff"},
                                                          {"#f0e442", "#1f2937"},
                                                          {"#d55e00", "#ffffff"},
                                                          {"#56b4e9", "#1f2937"},
                                                          {"#cc79a7", "#1f2937"},
                                                          {"#6b7280", "#ffffff"}}};
  return kColours[rank % kColours.size()];
}

}  // namespace skyrun
