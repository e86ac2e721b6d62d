// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// Writes to a descriptor that others may share, such as standard output, without ever blocking
/// the loop and without setting O_NONBLOCK on it, which would be set for the others too. What
/// cannot be written yet is queued; the caller stops producing while full(). Regular files, which
/// never make one wait, are written at once. The descriptor is borrowed. The program must ignore
/// SIGPIPE. No callback may end the writer.
class FdWriter {
 public:
  static constexpr size_t kHighWater = size_t{1} << 20U;
  static constexpr size_t kLowWater = size_t{1} << 18U;

  /// `name` is what errors call it: "standard output", or a path.
  FdWriter(EventLoop& loop, int fd, std::string name);

  /// Takes all of it; ignored once broken.
  void write(std::string_view bytes);

  int fd() const { return fd_; }
  const std::string& name() const { return name_; }
  size_t queued() const { return queue_.size() - sent_; }  ///< bytes not yet written
  bool empty() const { return queued() == 0; }
  bool full() const { return queued() >= kHighWater; }
  bool broken() const { return error_.has_value(); }

  /// At the end, when the loop turns no more: has on_broken called where it has not been yet.
  void tell_of_failure();

  /// Called from the loop when the queue has been full and is below the low water again.
  void on_drained(std::function<void()> callback) { on_drained_ = std::move(callback); }
  /// Called from the loop each time a queue has been emptied; also when it broke.
  void on_empty(std::function<void()> callback) { on_empty_ = std::move(callback); }
  /// Called from the loop once, when a write failed: the reader has gone, the disk is full.
  void on_broken(std::function<void(const Error&)> callback) { on_broken_ = std::move(callback); }

 private:
  void watch(EventLoop& loop);
  void write_at_once(std::string_view bytes);
  void write_some();
  void fail(int errnum);
  void tell();

  int fd_;
  bool is_socket_ = false;
  bool pollable_ = false;
  bool was_full_ = false;
  bool told_error_ = false;
  Fd own_;                    // the same pipe or terminal, opened again for us alone, non-blocking
  Fd epoll_;                  // watches the target; the loop watches this, see watch()
  size_t most_per_turn_ = 0;  // bytes
  std::string name_;
  FdWatch watch_;
  std::string queue_;
  size_t sent_ = 0;  // of the queue
  std::optional<Error> error_;
  Timer later_;  // tells of a failure that write() met itself
  std::function<void()> on_drained_, on_empty_;
  std::function<void(const Error&)> on_broken_;
};

}  // namespace skyrun
