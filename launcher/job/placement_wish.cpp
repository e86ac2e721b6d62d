// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/placement_wish.h"

namespace skyrun {

std::string PlacementWish::option() const {
  if (map) return "--map-by";
  if (bind) return "--bind-to";
  if (rank) return "--rank-by";
  if (own_gpus) return "--gpu-visibility own";
  return display_map ? "--display map" : "a node that hides GPUs";
}

}  // namespace skyrun
