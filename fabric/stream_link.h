// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "fabric/greeting.h"
#include "fabric/link.h"
#include "fabric/packet_wire.h"

namespace skyrun {

/// A link over descriptors: the standard streams of a launch agent, or a socketpair.
///
/// Each side sends a keepalive when it has sent nothing for a fifth of the lease. A tick of that
/// clock in which nothing was received counts against the peer, five of them end the link: the
/// count stands still while this process is itself suspended or starved.
class StreamLink : public Link {
 public:
  struct Options {
    Millis lease{0};               ///< 0: the kernel tells when the peer goes; no keepalives
    bool expect_greeting = false;  ///< skip the noise before the peer's greeting
    std::function<void(const std::string& build)> on_greeting;  ///< as GreetingScanner says
  };

  /// `in` and `out` may be the same descriptor given as `in` alone.
  StreamLink(EventLoop& loop, Fd in, Fd out, Options options, Events events);
  ~StreamLink() override;
  StreamLink(const StreamLink&) = delete;
  StreamLink& operator=(const StreamLink&) = delete;

  void send(const Packet& packet) override;
  size_t unwritten() const override { return out_buffer_.size() - sent_; }

  /// Ends it: the peer sees that, and nothing is called back any more, from within a callback too.
  void close();

  /// Judges the peer by another lease from now on.
  void set_lease(Millis lease);

  /// Sends bytes that are no packet: a daemon's own greeting.
  void send_raw(std::string_view bytes);

  bool greeted() const { return !scanner_.has_value(); }
  /// What came before the greeting, and whether a remote shell was reached.
  const GreetingScanner* scanner() const { return scanner_ ? &*scanner_ : nullptr; }

  /// Writes what is unwritten for at most `patience`, waiting for the peer: the last words before
  /// exit.
  void flush(Millis patience);

 private:
  void on_ready(FdWatch::Ready ready);
  bool read_some();
  bool take(std::string_view bytes);
  bool hand_out_packets();
  bool write_some();
  void want_events();
  void on_tick();
  void lose(LossReason reason, std::string why);
  void lose_later(std::string why);

  EventLoop& loop_;
  Fd in_, out_;
  Options options_;
  Events events_;
  PacketReader reader_;
  std::optional<GreetingScanner> scanner_;
  std::string out_buffer_;
  size_t sent_ = 0;     // bytes of out_buffer_ already written
  bool lost_ = false;   // or closed: nothing is read, sent or called back any more
  bool heard_ = false;  // since the last tick
  bool spoke_ = false;  // since the last tick
  int silent_ticks_ = 0;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // false once destroyed
  std::optional<FdWatch> in_watch_, out_watch_;
  Timer tick_;
  std::string doom_;  // why it is broken in a later turn
  Later doomed_;
};

}  // namespace skyrun
