// SPDX-License-Identifier: Apache-2.0
//
// What goes to a peer: a queue and a credit for each channel, and the frames that were sent and of
// which the peer has not said that it has them. Pure.
//
// The next frame is of the first lane by right of way that has one which may be sent; of a lane,
// the cluster's own goes first, and the jobs take turns. A frame may be sent whole, however large,
// while its channel has any credit, which is below zero then until the peer grants.
//
// A channel with nothing waiting and nothing owed is forgotten: jobs that are over cost nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>

#include "core/result.h"
#include "fabric/packet.h"
#include "fabric/receipt.h"

namespace skyrun {

class Outbox {
 public:
  void push(Frame frame, Receipt receipt);

  /// The next that may be sent, now counted as sent; nullptr: none. It stays where it is until
  /// the box is called again. Its receipt has ended.
  const Packet* next();

  /// What the peer says. The error says what it did, as "it grants more than it was sent".
  Result<void> on_grant(const Grant& grant);
  Result<void> on_resume(const Resume& resume);

  /// The peer has begun anew and has nothing of ours; it must not have said anything before.
  void start_over();

  /// Whatever waits is dropped, and its receipts end.
  void clear();

  /// Is there anything that was never sent?
  bool empty() const { return waiting_ == 0 && again_ == unsure_.size(); }

  size_t channels() const;

 private:
  struct Parcel {
    Frame frame;
    Receipt receipt;
  };
  struct Line {
    std::deque<Parcel> waiting;
    int64_t credit = 0;  // bytes
  };
  struct LaneLines {
    std::map<JobId, Line> lines;
    std::deque<JobId> turns;  // those with something waiting
  };

  static int64_t whole(Lane lane) { return static_cast<int64_t>(window_of(lane)); }
  const Packet* next_of(Lane lane);
  Result<void> acknowledge(uint64_t received, uint64_t sent);
  Line* find(Channel channel);
  void forget_if_idle(Channel channel);

  std::array<LaneLines, kLanes> lanes_;
  size_t waiting_ = 0;         // frames in all lines
  std::deque<Packet> unsure_;  // sent, in order
  size_t again_ = 0;           // of unsure_, those that have gone by the present link
  uint64_t acknowledged_ = 0;  // frames
};

}  // namespace skyrun
