// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "launcher/files/file_census.h"
#include "launcher/files/file_stream.h"
#include "launcher/output/sync_text.h"

namespace skyrun {

/// Sends the files of a job, a block a turn, so that signals and output go on meanwhile, and never
/// more than a window ahead of the slowest node (protocol/sync_window.h).
///
///     go_on() → on_block … → on_block("") the end
///             → on_failed(why) the end
class FileSender {
 public:
  struct Events {
    std::function<bool()> may_send;  ///< is our own way out free?
    std::function<void(std::string bytes)> on_block;
    std::function<void(std::string)> on_notice;
    std::function<void(std::string why)> on_failed;
  };

  FileSender(EventLoop& loop, std::vector<Mount> mounts, uint64_t window, Events events);
  ~FileSender();
  FileSender(const FileSender&) = delete;
  FileSender& operator=(const FileSender&) = delete;

  /// Sends what may be sent now; to be called when more may be.
  void go_on();

  /// So many bytes of the stream have been taken by every node.
  void on_taken(uint64_t bytes);

  SyncStatus status() const;

 private:
  void send_block();

  EventLoop& loop_;
  std::vector<Mount> mounts_;
  uint64_t window_;
  Events events_;
  FileCensus census_;
  std::unique_ptr<FileStream> files_;  // none before the first block
  Millis began_{0};
  uint64_t sent_ = 0;
  uint64_t taken_ = 0;
  bool posted_ = false;
  bool ended_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // false once destroyed
};

}  // namespace skyrun
