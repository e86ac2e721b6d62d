// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/output_pump.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/shell_noise.h"

namespace skyrun {
namespace {
constexpr Millis kFrameIdle{100};
constexpr size_t kReadBlock = 64U << 10U;
}  // namespace

OutputPump::OutputPump(EventLoop& loop, Fd pipe, Fd log, Sink sink, std::function<void()> on_closed)
    : pipe_(std::move(pipe)),
      log_(std::move(log)),
      sink_(std::move(sink)),
      on_closed_(std::move(on_closed)),
      idle_(loop, [this] { emit(assembler_.flush_frame()); }) {
  set_nonblocking(pipe_.get());
  auto watch = FdWatch::open(loop, pipe_.get(), [this](FdWatch::Ready) { read_once(); });
  if (watch) watch_ = std::move(*watch);
  set_reading(true);
}

void OutputPump::set_reading(bool reading) {
  if (watch_) watch_->want({.read = reading});
}

/// How many bytes it read; none when there is nothing to read now, or ever.
size_t OutputPump::read_once() {
  std::array<char, kReadBlock> block;  // NOLINT(*-init): read() fills what is used
  const ssize_t n = ::read(pipe_.get(), block.data(), block.size());
  if (n < 0) return 0;
  if (n == 0) {
    watch_.reset();
    on_closed_();
    return 0;
  }
  const std::string_view bytes(block.data(), static_cast<size_t>(n));
  log_raw(noise_.take_off(bytes));
  emit(assembler_.push(bytes));
  if (assembler_.holds_frame()) idle_.start(kFrameIdle);
  return bytes.size();
}

void OutputPump::log_raw(std::string_view bytes) {
  if (!log_) return;
  const auto written = write_all(log_.get(), bytes);
  if (written) return;
  emit(fmt::format("skyrun: notice: the log on this node ends here: {}\n", written.error().text()));
  log_.reset();
}

void OutputPump::emit(std::string pieces) {
  pieces = without_shell_noise(std::move(pieces));
  if (!pieces.empty()) sink_(std::move(pieces));
}

/// No more than is there now: who is still there may write faster than we read.
void OutputPump::drain() {
  int there = 0;
  ::ioctl(pipe_.get(), FIONREAD, &there);
  for (size_t left = static_cast<size_t>(there), n = 1; watch_ && n > 0; left -= n) {
    n = std::min(read_once(), left);
  }
}

void OutputPump::finish() {
  drain();
  idle_.stop();
  log_raw(noise_.finish());
  emit(assembler_.finish());
}

}  // namespace skyrun
