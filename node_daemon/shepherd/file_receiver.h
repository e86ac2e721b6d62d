// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "protocol/message.h"

namespace skyrun {

/// Hands the file stream to a process that unpacks it (skyrund --file-sink, FileSink), so that a
/// slow disk holds up that process and never the shepherd.
class FileReceiver {
 public:
  struct Events {
    std::function<void(std::string error)> on_end;  ///< empty: every file is in its place
    std::function<void()> on_drained;               ///< congested() has become false
  };

  static constexpr size_t kHighWater = 1U << 20U;

  FileReceiver(EventLoop& loop, Reaper& reaper, Events events)
      : loop_(loop), reaper_(reaper), events_(std::move(events)) {}

  /// `scratch` is the path of a ScratchDirectory, for what is not in its place yet.
  void begin(const SyncBegin& begin, const std::string& home, const std::string& scratch);

  /// The next block; an empty one is the end of the stream.
  void push(const SyncBlock& block);

  /// Whoever sends shall wait.
  bool congested() const { return queue_.size() > kHighWater; }

 private:
  Result<void> start_sink(const SyncBegin& begin, const std::string& home,
                          const std::string& scratch);
  void write_some();
  void on_exit(ExitStatus status);

  EventLoop& loop_;
  Reaper& reaper_;
  Events events_;
  std::string queue_;
  bool complete_ = false;
  Fd stream_, errors_;
  std::optional<FdWatch> watch_;
};

}  // namespace skyrun
