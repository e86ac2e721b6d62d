// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/placement_wish.h"
#include "protocol/resource_wish.h"

namespace skyrun {

/// What a job asks of its nodes, which its head holds against what they are.
struct JobWishes {
  ResourceWishes resources;
  PlacementWish placement;
  friend bool operator==(const JobWishes&, const JobWishes&) = default;
};

}  // namespace skyrun
