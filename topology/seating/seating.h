// SPDX-License-Identifier: Apache-2.0
//
// What a job comes to on its nodes: whether they have what it asks for, how many GPUs its ranks are
// told of, and where they sit. A pure function of what was wished and what the nodes said.
#pragma once

#include <string>
#include <vector>

#include "protocol/job_wishes.h"
#include "topology/seating/job_seats.h"

namespace skyrun {

struct Seating {
  std::vector<std::string> refusals;  ///< not empty: the job does not run; a line for each reason
  std::vector<std::string> notices;   ///< what the person should know of it
  JobSeats seats;   ///< none of ranks where nobody asked for any, and none are needed
  std::string map;  ///< of them in words, a line for each rank; empty where nobody wants to see it
};

Seating seat(const JobWishes& wishes, const JobNodes& nodes);

}  // namespace skyrun
