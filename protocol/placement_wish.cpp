// SPDX-License-Identifier: Apache-2.0
#include "protocol/placement_wish.h"

namespace skyrun {

bool PlacementWish::needs_machines() const {
  return ranks > 0 || !map_by.empty() || !rank_by.empty() || !bind_to.empty() || own_gpus ||
         display_map;
}

std::string PlacementWish::option() const {
  if (!map_by.empty()) return "--map-by";
  if (!bind_to.empty()) return "--bind-to";
  if (!rank_by.empty()) return "--rank-by";
  if (own_gpus) return "--gpu-visibility own";
  return ranks > 0 ? "-n" : "--display map";
}

}  // namespace skyrun
