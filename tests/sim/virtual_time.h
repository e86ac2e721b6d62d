// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace skyrun {

/// The clock of a simulation: what is due happens in its order, and time passes only by that.
class VirtualTime {
 public:
  using Micros = uint64_t;

  Micros now() const { return now_; }

  void after(Micros delay, std::function<void()> event) {
    due_.emplace(now_ + delay, std::move(event));
  }

  /// False when nothing is due any more.
  bool step() {
    if (due_.empty()) return false;
    auto first = due_.extract(due_.begin());
    now_ = first.key();
    first.mapped()();
    return true;
  }

  /// Until nothing is due.
  void run() {
    while (step()) {
    }
  }

  void run_until(Micros end) {
    while (!due_.empty() && due_.begin()->first <= end) step();
    now_ = end;
  }

 private:
  Micros now_ = 0;
  std::multimap<Micros, std::function<void()>> due_;  // those due at once in their order
};

}  // namespace skyrun
