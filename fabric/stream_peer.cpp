// SPDX-License-Identifier: Apache-2.0
#include "fabric/stream_peer.h"

#include <utility>

namespace skyrun {

StreamPeer::StreamPeer(EventLoop& loop, Fd in, Fd out, StreamLink::Options options, Events events)
    : events_(std::move(events)),
      peer_({.on_frame = events_.on_frame,
             .on_violation =
                 [this](std::string what) {
                   link_.close();
                   lose({LossReason::broken, std::move(what)});
                 }}),
      link_(loop, std::move(in), std::move(out), std::move(options),
            {.on_packet = [this](Packet packet) { peer_.on_packet(std::move(packet)); },
             .on_lost = [this](Loss loss) { lose(std::move(loss)); },
             .on_room = [this] { on_room(); }}) {
  peer_.connect(link_);
}

void StreamPeer::send(Frame frame, Receipt receipt) {
  if (!lost_) peer_.send(std::move(frame), std::move(receipt));
}

void StreamPeer::on_room() {
  peer_.on_room();
  if (events_.on_written && written()) events_.on_written();
}

void StreamPeer::close() {
  mute();
  link_.close();
}

void StreamPeer::mute() {
  lost_ = true;
  peer_.close();
}

void StreamPeer::lose(Loss loss) {
  if (std::exchange(lost_, true)) return;
  peer_.close();
  events_.on_lost(std::move(loss));
}

}  // namespace skyrun
