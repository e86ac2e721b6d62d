// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "protocol/frame.h"

namespace skyrun {

constexpr size_t kLanes = 4;  ///< of Lane

/// What of a lane is one job's, or the cluster's own: it has a queue and a credit for itself, so
/// that a job that nobody reads holds up neither its own failure nor another job.
struct Channel {
  Lane lane = Lane::control;
  JobId job;
  friend bool operator==(const Channel&, const Channel&) = default;
  friend bool operator<(const Channel& a, const Channel& b) {
    return a.lane != b.lane ? a.lane < b.lane : a.job < b.job;
  }
};

inline Channel channel_of(const Frame& frame) {
  return {.lane = frame.lane, .job = frame.job};
}

/// Bytes of a channel that a peer may have sent and not been granted again.
constexpr size_t window_of(Lane lane) {
  return lane == Lane::bulk ? size_t{4} << 20U : size_t{1} << 20U;
}

/// What a frame takes of the window of its channel: small ones have their price.
inline size_t cost_of(const Frame& frame) {
  constexpr size_t kEnvelope = 16;
  return frame.body.size() + kEnvelope;
}

}  // namespace skyrun
