// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/pulse.h"

#include <unistd.h>

#include <utility>

#include "node_daemon/shepherd/warden.h"

namespace skyrun {

Pulse::Pulse(EventLoop& loop, Fd warden, std::function<void()> on_warden_gone)
    : warden_(std::move(warden)),
      on_warden_gone_(std::move(on_warden_gone)),
      timer_(loop, [this] { beat(); }) {
  set_nonblocking(warden_.get());
  auto watch = FdWatch::open(loop, warden_.get(), [this](FdWatch::Ready) { listen(); });
  if (watch) {
    watch_ = std::move(*watch);
    watch_->want({.read = true});
  }
  timer_.repeat(kPulsePeriod);
}

/// A warden that does not read is full of beats, and is not waited for.
void Pulse::beat() {
  [[maybe_unused]] const ssize_t sent = ::write(warden_.get(), "", 1);
}

/// It says nothing but that it ends.
void Pulse::listen() {
  watch_.reset();
  timer_.stop();
  on_warden_gone_();
}

}  // namespace skyrun
