// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "core/event_loop.h"
#include "core/fd.h"

namespace skyrun {

/// What a shepherd shows its warden while its loop turns (warden.h).
class Pulse {
 public:
  /// `on_warden_gone` is told once.
  Pulse(EventLoop& loop, Fd warden, std::function<void()> on_warden_gone);

 private:
  void beat();
  void listen();

  Fd warden_;
  std::function<void()> on_warden_gone_;
  std::optional<FdWatch> watch_;
  Timer timer_;
};

}  // namespace skyrun
