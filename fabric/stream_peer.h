// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "fabric/peer.h"
#include "fabric/stream_link.h"

namespace skyrun {

/// A peer and the one link that it has for as long as it lives: a daemon's parent, and a daemon and
/// its shepherd to each other. A callback may end it.
class StreamPeer {
 public:
  struct Events {
    std::function<void(Frame, Receipt)> on_frame;
    /// Once; nothing comes after it. A peer that breaks the rules of credit is lost too.
    std::function<void(Loss)> on_lost;
    /// All that was sent has been written; may be none.
    std::function<void()> on_written;
  };

  /// As StreamLink has them.
  StreamPeer(EventLoop& loop, Fd in, Fd out, StreamLink::Options options, Events events);
  StreamPeer(const StreamPeer&) = delete;
  StreamPeer& operator=(const StreamPeer&) = delete;

  /// Of a lost peer, the frame is dropped.
  void send(Frame frame, Receipt receipt = nullptr);

  bool written() const { return lost_ || (peer_.sent_all() && link_.unwritten() == 0); }

  void set_lease(Millis lease) { link_.set_lease(lease); }
  void send_raw(std::string_view bytes) { link_.send_raw(bytes); }
  void flush(Millis patience) { link_.flush(patience); }

  /// Ends it: the peer sees that, and nothing is called back any more.
  void close();

  /// What waits is dropped, and nothing is sent to it or taken from it any more. It sees no end
  /// yet: its link lives on.
  void mute();

 private:
  void on_room();
  void lose(Loss loss);

  Events events_;
  bool lost_ = false;  // or closed
  Peer peer_;
  StreamLink link_;
};

}  // namespace skyrun
