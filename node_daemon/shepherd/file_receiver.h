// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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
    std::function<void(uint64_t bytes)> on_taken;   ///< of the stream so far, each kSyncStep
  };

  FileReceiver(EventLoop& loop, Reaper& reaper, Events events)
      : loop_(loop), reaper_(reaper), events_(std::move(events)) {}
  ~FileReceiver();
  FileReceiver(const FileReceiver&) = delete;
  FileReceiver& operator=(const FileReceiver&) = delete;

  /// The directories of this node that the files go to.
  struct Places {
    std::string home;
    std::string workdir;
    std::string scratch;      ///< the path of a ScratchDirectory, for what is not in its place yet
    bool writes_home = true;  ///< false: another node that shares the home does that
  };
  void begin(const SyncBegin& begin, const Places& places);

  /// The next block; an empty one is the end of the stream. The client sends no more than a window
  /// ahead of what on_taken() said, so no more is kept here.
  void push(const SyncBlock& block);

 private:
  Result<void> start_sink(const SyncBegin& begin, const Places& places);
  void write_some();
  void count(size_t bytes);
  void read_words();
  void on_exit(ExitStatus status);

  EventLoop& loop_;
  Reaper& reaper_;
  Events events_;
  pid_t pid_ = 0;
  std::string queue_;
  uint64_t taken_ = 0;
  uint64_t told_ = 0;  // of it, to on_taken
  bool complete_ = false;
  Fd stream_, errors_;
  std::string words_;  // of the sink's standard error, the last 4 KiB
  std::optional<FdWatch> watch_, words_watch_;
};

}  // namespace skyrun
