// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/job_spec.h"
#include "protocol/rank_map.h"

namespace skyrun {

/// What a rank has of its node.
struct RankSeat {
  std::vector<uint32_t> cpus;    ///< it is bound to these; empty: not bound
  std::optional<uint32_t> numa;  ///< whose memory it prefers
  Variables variables;           ///< which GPUs it sees
  Variables defaults;            ///< where the node's environment has none: threads, one a core

  friend bool operator==(const RankSeat&, const RankSeat&) = default;
};

/// The variables that a seat may set. With any other, a head could have nodes that it did not start
/// run what the client never sent (LD_PRELOAD, BASH_ENV).
bool is_seat_variable(std::string_view name);

/// What the ranks of a job have of their nodes, as its head seated them.
struct JobSeats {
  uint32_t num_gpus = 0;             ///< accelerators per node as asked, rounded up; TPUs count
  bool gpus_are_schedulable = true;  ///< false for TPUs and the like: run says 0 GPUs
  std::vector<RankSeat> seats;
  /// seats[seat_of[i] + k] is that of local rank k on node i in run; empty: none has one.
  std::vector<uint32_t> seat_of;
  RankMap ranks;  ///< of the apps

  friend bool operator==(const JobSeats&, const JobSeats&) = default;
};

}  // namespace skyrun
