// SPDX-License-Identifier: Apache-2.0
//
// What a job comes to on its nodes: whether they have what it asks for, how many GPUs its ranks are
// told of, and where they sit. A pure function of what was wished and what the nodes said.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/resource_wish.h"
#include "topology/seating/job_seats.h"

namespace skyrun {

struct Seating {
  std::vector<std::string> refusals;  ///< not empty: the job does not run; a line for each reason
  std::vector<std::string> notices;   ///< what the person should know of it
  uint32_t num_gpus = 0;              ///< as JobSpec has it
  bool gpus_are_schedulable = true;
  JobSeats seats;  ///< none where nobody asked for any, and none are needed
};

Seating seat(const ResourceWishes& resources, const PlacementWish& placement,
             const JobNodes& nodes);

}  // namespace skyrun
