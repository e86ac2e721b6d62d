// SPDX-License-Identifier: Apache-2.0
//
// libuv closes its handles in a later turn, so each handle lives in a heap block of its own that
// the close callback frees; the loop's destructor turns until the last of them is gone.
#include "core/event_loop.h"

#include <uv.h>

#include <mutex>
#include <utility>
#include <vector>

#include "core/assert.h"

namespace skyrun {

struct EventLoop::Impl {
  uv_loop_t loop{};
  uv_async_t async{};
  std::mutex mutex;
  std::vector<std::function<void()>> posted;  // guarded by mutex

  void run_posted() {
    std::vector<std::function<void()>> work;
    {
      const std::lock_guard lock(mutex);
      work.swap(posted);
    }
    for (auto& each : work) each();
  }
};

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {
  SKYRUN_ASSERT(uv_loop_init(&impl_->loop) == 0);
  impl_->async.data = impl_.get();
  const auto on_async = [](uv_async_t* async) { static_cast<Impl*>(async->data)->run_posted(); };
  SKYRUN_ASSERT(uv_async_init(&impl_->loop, &impl_->async, on_async) == 0);
}

EventLoop::~EventLoop() {
  impl_->posted.clear();  // what it captured may own handles, which must close in the turns below
  uv_close(reinterpret_cast<uv_handle_t*>(&impl_->async), nullptr);
  uv_run(&impl_->loop, UV_RUN_DEFAULT);
  SKYRUN_ASSERT(uv_loop_close(&impl_->loop) == 0);
}

void EventLoop::run() {
  uv_run(&impl_->loop, UV_RUN_DEFAULT);
}

void EventLoop::stop() {
  uv_stop(&impl_->loop);
}

Millis EventLoop::now() const {
  return Millis(uv_now(&impl_->loop));
}

void EventLoop::post(std::function<void()> work) {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->posted.push_back(std::move(work));
  }
  uv_async_send(&impl_->async);
}

struct FdWatch::Impl {
  uv_poll_t handle{};
  Callback callback;
};

Result<FdWatch> FdWatch::open(EventLoop& loop, int fd, Callback callback) {
  auto impl = std::make_unique<Impl>();
  impl->callback = std::move(callback);
  impl->handle.data = impl.get();
  const int status = uv_poll_init(&loop.impl().loop, &impl->handle, fd);
  if (status != 0) return tl::unexpected(errno_error("poll", -status));
  FdWatch watch;
  watch.impl_.reset(impl.release());
  return watch;
}

void FdWatch::want(Ready events) {
  const unsigned mask =
      (events.read ? unsigned{UV_READABLE} : 0U) | (events.write ? unsigned{UV_WRITABLE} : 0U);
  if (mask == 0) {
    uv_poll_stop(&impl_->handle);
    return;
  }
  uv_poll_start(
      &impl_->handle, static_cast<int>(mask), [](uv_poll_t* handle, int status, int bits) {
        // An error (EBADF aside) is seen by the read or write that the callback tries.
        const auto seen = static_cast<unsigned>(bits);
        const Ready ready{status < 0 || (seen & UV_READABLE) != 0,
                          status < 0 || (seen & UV_WRITABLE) != 0};
        const Callback keep = static_cast<Impl*>(handle->data)->callback;  // it may end the watch
        keep(ready);
      });
}

void FdWatch::Close::operator()(Impl* impl) const {
  uv_close(reinterpret_cast<uv_handle_t*>(&impl->handle),
           [](uv_handle_t* handle) { delete static_cast<Impl*>(handle->data); });
}

struct Timer::Impl {
  uv_timer_t handle{};
  std::function<void()> callback;
};

Timer::Timer(EventLoop& loop, std::function<void()> callback) : impl_(new Impl) {
  impl_->callback = std::move(callback);
  impl_->handle.data = impl_.get();
  uv_timer_init(&loop.impl().loop, &impl_->handle);
}

void Timer::start(Millis delay) {
  uv_update_time(impl_->handle.loop);  // the delay counts from now, not from the turn's start
  uv_timer_start(
      &impl_->handle, [](uv_timer_t* handle) { static_cast<Impl*>(handle->data)->callback(); },
      static_cast<uint64_t>(delay.count()), 0);
}

void Timer::repeat(Millis period) {
  const auto ms = static_cast<uint64_t>(period.count());
  uv_timer_start(
      &impl_->handle, [](uv_timer_t* handle) { static_cast<Impl*>(handle->data)->callback(); }, ms,
      ms);
}

void Timer::stop() {
  uv_timer_stop(&impl_->handle);
}

bool Timer::active() const {
  return uv_is_active(reinterpret_cast<const uv_handle_t*>(&impl_->handle)) != 0;
}

void Timer::Close::operator()(Impl* impl) const {
  uv_close(reinterpret_cast<uv_handle_t*>(&impl->handle),
           [](uv_handle_t* handle) { delete static_cast<Impl*>(handle->data); });
}

struct Later::State {
  std::function<void()> callback;
  bool pending = false;
};

Later::Later(EventLoop& loop, std::function<void()> callback)
    : loop_(loop), state_(std::make_shared<State>()) {
  state_->callback = std::move(callback);
}

void Later::request() {
  if (std::exchange(state_->pending, true)) return;
  loop_.post([weak = std::weak_ptr<State>(state_)] {
    const auto state = weak.lock();  // kept while it runs: it may end its Later
    if (state && std::exchange(state->pending, false)) state->callback();
  });
}

void Later::cancel() {
  state_->pending = false;
}

bool Later::pending() const {
  return state_->pending;
}

struct SignalWatch::Impl {
  uv_signal_t handle{};
  std::function<void()> callback;
};

SignalWatch::SignalWatch(EventLoop& loop, int signo, std::function<void()> callback)
    : impl_(new Impl) {
  impl_->callback = std::move(callback);
  impl_->handle.data = impl_.get();
  uv_signal_init(&loop.impl().loop, &impl_->handle);
  uv_signal_start(
      &impl_->handle,
      [](uv_signal_t* handle, int) { static_cast<Impl*>(handle->data)->callback(); }, signo);
}

void SignalWatch::Close::operator()(Impl* impl) const {
  uv_close(reinterpret_cast<uv_handle_t*>(&impl->handle),
           [](uv_handle_t* handle) { delete static_cast<Impl*>(handle->data); });
}

}  // namespace skyrun
