// SPDX-License-Identifier: Apache-2.0
//
// Who is at the other end of a link, whichever link that is. A peer has a queue and a credit for
// each channel, a lane of one job, and keeps little ahead on the link, so that what has the right
// of way passes all that waits here. It is always read: whoever takes a frame of it gets a receipt
// with it, whose end lets the peer send as much again. A channel that nobody takes from holds up
// its own senders, and nothing else.
//
//     connect     to one that knows nothing of us yet: all that was sent goes again
//     reconnect   by another link to the one that we know: each says first what it has, so that
//                 nothing is lost, repeated or reordered
//     disconnect  what is sent waits
//     close       it is gone for good: what waits is dropped, and nothing is taken any more
//
// It ends with its owner. A peer that breaks the rules is told of in words, and its link is for its
// owner to end.
#pragma once

#include <functional>
#include <string>

#include "fabric/inbox.h"
#include "fabric/link.h"
#include "fabric/outbox.h"

namespace skyrun {

class Peer {
 public:
  struct Events {
    std::function<void(Frame, Receipt)> on_frame;
    /// It broke the rules of credit, as "it sends more than it was granted".
    std::function<void(std::string what)> on_violation;
  };

  /// A callback may end the peer.
  explicit Peer(Events events);

  void connect(Link& link);
  void reconnect(Link& link);
  void disconnect() { link_ = nullptr; }
  void close();

  /// Takes it always; the receipt ends when the frame has gone to the link.
  void send(Frame frame, Receipt receipt = nullptr);

  /// Has everything gone to the link?
  bool sent_all() const { return outbox_.empty(); }

  // From the present link.
  void on_packet(Packet packet);
  void on_room() { pump(); }

  /// How many channels it remembers, both ways.
  size_t channels() const { return outbox_.channels() + inbox_.channels(); }

  /// So much may be ahead on the link: enough to keep it busy, and no wait for a kill.
  static constexpr size_t kAhead = size_t{64} << 10U;

 private:
  void on(Frame frame);
  void on(const Grant& grant);
  void on(const Resume& resume);
  void settle(const Result<void>& said);
  void tell_news();
  void pump();

  Events events_;
  Link* link_ = nullptr;
  bool resuming_ = false;  // the peer has not said yet what it has
  bool pumping_ = false;
  bool closed_ = false;
  Outbox outbox_;
  Inbox inbox_;
};

}  // namespace skyrun
