// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/frame.h"

namespace skyrun {

/// What a receiver hears, as a fuzzer writes it: frames back to back, each a byte for the link that
/// it came by, for its reader (and whether it is of a job, and the lane) and for its speaker, two
/// for the length of the body, and the body.
class Heard {
 public:
  Heard(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  /// The next frame and its link; nothing at the end.
  std::optional<Frame> next(uint8_t& link) {
    constexpr size_t kEnvelope = 5;
    if (rest_.size() < kEnvelope) return std::nullopt;
    link = byte(0);
    const uint8_t speaker = byte(2);
    Frame frame{.to = static_cast<To>(byte(1) % 4),
                .job = JobId{byte(1) / 4U % 2U},
                .speaker = speaker == 0xFF ? kClient : NodeId{speaker},
                .lane = static_cast<Lane>(byte(1) / 8 % 4)};
    const size_t length = byte(3) | static_cast<size_t>(byte(4)) << 8U;
    rest_.remove_prefix(kEnvelope);
    frame.body = rest_.substr(0, length);
    rest_.remove_prefix(std::min(length, rest_.size()));
    return frame;
  }

 private:
  uint8_t byte(size_t at) const { return static_cast<uint8_t>(rest_[at]); }

  std::string_view rest_;
};

}  // namespace skyrun
