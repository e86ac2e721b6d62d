// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "launcher/output/screen.h"
#include "launcher/output/writer.h"

namespace skyrun {

/// The person's side of a command: standard output with its status line, standard error, and the
/// combined log of everything shown.
class Console {
 public:
  /// `log_directory` gets the combined log, run.log; without it the job goes on.
  Console(EventLoop& loop, const std::string& log_directory);

  Screen& screen() { return *screen_; }

  /// `skyrun: notice: …`, `skyrun: error: …` on standard error.
  void notice(const std::string& text);
  void error(const std::string& text);

  /// Whoever produces output shall wait until on_drained.
  bool full() const { return out_.full(); }
  /// Everything is written, or nobody reads it any more.
  bool settled() const { return out_.empty() || out_.broken(); }

  void on_drained(std::function<void()> callback) { out_.on_drained(std::move(callback)); }
  void on_settled(std::function<void()> callback) { out_.on_empty(std::move(callback)); }
  void on_broken(std::function<void(const Error&)> callback) {
    out_.on_broken(std::move(callback));
  }

 private:
  Result<Fd> open_log(const std::string& directory);
  void remark(const std::string& line);

  FdWriter out_;
  Fd log_fd_;
  std::optional<FdWriter> log_;
  std::optional<Screen> screen_;
};

}  // namespace skyrun
