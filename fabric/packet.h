// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "fabric/lane.h"

namespace skyrun {

struct ChannelBytes {
  Channel channel;
  uint64_t bytes = 0;
  friend bool operator==(const ChannelBytes&, const ChannelBytes&) = default;
};

/// "I have received so many frames of yours since we know each other, and you may send this much
/// again."
struct Grant {
  uint64_t received = 0;
  std::vector<ChannelBytes> given_back;
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// The first packet each way on a link that replaces another: "I have received so many, and of
/// those I have not granted this much again."
struct Resume {
  uint64_t received = 0;
  std::vector<ChannelBytes> held;
  friend bool operator==(const Resume&, const Resume&) = default;
};

/// What a link carries: frames, and what two peers tell each other about them.
using Packet = std::variant<Frame, Grant, Resume>;

}  // namespace skyrun
