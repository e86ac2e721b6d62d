// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "fabric/frame.h"

namespace skyrun {

enum class LossReason {
  ended,   ///< the peer closed it
  silent,  ///< nothing was heard of the peer for a lease: it may hang, or be cut off
  broken   ///< it cannot carry frames on: the system, the peer or what it was to carry is wrong
};

/// Why a link has ended.
struct Loss {
  LossReason reason = LossReason::ended;
  std::string why;  ///< in words that go after the peer's name
};

/// Carries frames to and from one peer, in order. Frames are queued without bound by the link
/// itself; whoever feeds it pauses its sources while queued() is above kHighWater.
class Link {
 public:
  struct Events {
    std::function<void(Frame)> on_frame;
    /// Once. Nothing comes after it.
    std::function<void(Loss)> on_lost;
    /// queued() fell below kLowWater after it had been above kHighWater.
    std::function<void()> on_drained;
  };

  static constexpr size_t kHighWater = 1U << 20U;
  static constexpr size_t kLowWater = 256U << 10U;

  virtual ~Link() = default;

  virtual void send(const Frame& frame) = 0;

  /// Bytes that wait to be sent.
  virtual size_t queued() const = 0;

  /// Stops or goes on taking frames in. A link that is not read is not judged silent either.
  virtual void set_reading(bool reading) = 0;

  bool congested() const { return queued() > kHighWater; }
};

}  // namespace skyrun
