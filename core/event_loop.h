// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/result.h"

namespace skyrun {

using Millis = std::chrono::milliseconds;

/// The one loop of a program: calls back when a descriptor is ready, a timer runs out, a signal
/// comes or another thread posts. Everything it calls back runs on the thread that called run().
/// Handles (FdWatch, Timer, SignalWatch) must end before the loop does.
class EventLoop {
 public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs until stop().
  void run();
  void stop();

  /// Monotonic time, frozen for each turn of the loop.
  Millis now() const;

  /// Runs `work` on the loop's thread in a later turn, after what was posted before it. The only
  /// function here that another thread may call. Nothing takes it back: `work` names only what
  /// lives as long as the loop; for anything else there is Later.
  void post(std::function<void()> work);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Calls back while a descriptor is readable or writable, as wanted. One watch per descriptor;
/// it must end before the descriptor is closed.
class FdWatch {
 public:
  struct Ready {
    bool read = false;
    bool write = false;
  };
  using Callback = std::function<void(Ready)>;

  /// Fails for what cannot be polled (EPERM: regular files).
  static Result<FdWatch> open(EventLoop& loop, int fd, Callback callback);
  FdWatch() = default;
  FdWatch(FdWatch&&) noexcept = default;
  FdWatch& operator=(FdWatch&&) noexcept = default;

  /// Which readiness to report from now on; neither pauses the watch.
  void want(Ready events);

 private:
  struct Impl;
  struct Close {
    void operator()(Impl* impl) const;
  };
  std::unique_ptr<Impl, Close> impl_;
};

/// A timer that calls back on its loop.
class Timer {
 public:
  Timer(EventLoop& loop, std::function<void()> callback);
  Timer(Timer&&) noexcept = default;
  Timer& operator=(Timer&&) noexcept = default;

  /// Starts, or starts again, for one callback after `delay`.
  void start(Millis delay);
  /// Calls back every `period` until stopped.
  void repeat(Millis period);
  void stop();
  bool active() const;

 private:
  struct Impl;
  struct Close {
    void operator()(Impl* impl) const;
  };
  std::unique_ptr<Impl, Close> impl_;
};

/// Calls back once in a later turn of the loop for any number of calls of request() before it.
/// Unlike what is posted it is never called back once it has ended, so it may name its owner.
class Later {
 public:
  Later(EventLoop& loop, std::function<void()> callback);

  void request();
  void cancel();
  bool pending() const;

 private:
  struct State;
  EventLoop& loop_;
  std::shared_ptr<State> state_;
};

/// Calls back on the loop whenever the process receives the signal.
class SignalWatch {
 public:
  SignalWatch(EventLoop& loop, int signo, std::function<void()> callback);
  SignalWatch(SignalWatch&&) noexcept = default;
  SignalWatch& operator=(SignalWatch&&) noexcept = default;

 private:
  struct Impl;
  struct Close {
    void operator()(Impl* impl) const;
  };
  std::unique_ptr<Impl, Close> impl_;
};

}  // namespace skyrun
