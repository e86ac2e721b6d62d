// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/placement_wish.h"

namespace skyrun {

std::string PlacementWish::option() const {
  if (map) return "--map-by";
  if (bind) return "--bind-to";
  if (rank) return "--rank-by";
  return own_gpus ? "--gpu-visibility own" : "--display map";
}

}  // namespace skyrun
