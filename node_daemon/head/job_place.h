// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "node_daemon/head/cluster.h"
#include "protocol/job.h"
#include "protocol/observer.h"

namespace skyrun {

/// What a job comes to on its nodes, once all are up. Pure.
struct JobPlace {
  std::vector<Notice> notices;   ///< of single nodes
  std::optional<Placed> placed;  ///< for who watches; none where the nodes cannot know each other
  JobSeats seats;
  std::vector<std::string> errors;  ///< not empty: it has no place there, and why
};

JobPlace place_job(const JobWishes& wishes, const std::vector<NodeId>& nodes,
                   const Cluster& cluster);

/// Can it be sent? No part of it is too large by itself, but all together may be.
Result<void> check_size(const Prepare& prepare);

}  // namespace skyrun
