// SPDX-License-Identifier: Apache-2.0
#include "protocol/resource_wish.h"

#include <algorithm>
#include <cmath>

namespace skyrun {

uint32_t ResourceWish::num_gpus() const {
  return static_cast<uint32_t>(std::ceil(accelerators));
}

bool ResourceWishes::needs_check() const {
  return needs_devices() || std::ranges::any_of(candidates, [](const ResourceWish& one) {
           return one.cpus > 0 || one.memory_gib > 0;
         });
}

bool ResourceWishes::needs_devices() const {
  return takes_any_gpus || std::ranges::any_of(candidates, &ResourceWish::needs_devices);
}

}  // namespace skyrun
