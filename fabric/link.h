// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "fabric/packet.h"

namespace skyrun {

enum class LossReason {
  ended,   ///< the peer closed it
  silent,  ///< nothing was heard of the peer for a lease: it may hang, or be cut off
  broken   ///< it cannot carry packets on: the system, the peer or what it was to carry is wrong
};

/// Why a link has ended.
struct Loss {
  LossReason reason = LossReason::ended;
  std::string why;  ///< in words that go after the peer's name
};

/// Carries packets to and from one peer, in order, for as long as it lasts. It is always read:
/// nobody has to stop it, for a peer never sends more than it was granted.
class Link {
 public:
  struct Events {
    std::function<void(Packet)> on_packet;
    /// Once. Nothing comes after it.
    std::function<void(Loss)> on_lost;
    /// Some of what was unwritten has been written.
    std::function<void()> on_room;
  };

  virtual ~Link() = default;

  /// Calls nothing back at once.
  virtual void send(const Packet& packet) = 0;

  /// Bytes that wait to be written.
  virtual size_t unwritten() const = 0;
};

}  // namespace skyrun
