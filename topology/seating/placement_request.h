// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "protocol/placement_wish.h"
#include "protocol/seats.h"
#include "topology/mapping/placement.h"

namespace skyrun {

/// Reads what the wish says into the request; what it leaves open stays as it is.
Result<void> read_policies(const PlacementWish& wish, Request& request);

/// The CPUs and memory of a seat, and the threads that fit there.
RankSeat bound_seat(const Machine& machine, const Seat& seat);

}  // namespace skyrun
