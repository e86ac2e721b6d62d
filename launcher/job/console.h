// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/old_runs.h"
#include "fabric/receipt.h"
#include "launcher/output/screen.h"
#include "launcher/output/voice.h"
#include "launcher/output/weaver.h"
#include "launcher/output/writer.h"

namespace skyrun {

/// The person's side of a command: standard output with its status line, standard error, and the
/// combined log. The log has every line, also where the voice does not say it.
class Console {
 public:
  /// `log_directory` gets the combined log, run.log; without it the job goes on.
  Console(EventLoop& loop, const std::string& log_directory, Voice voice);

  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  ~Console();

  Screen& screen() { return *screen_; }

  /// A line about the job, on standard output.
  void say(std::string_view line);

  /// What went wrong in the job, many lines: as say(), but on standard error where that is quiet.
  void report(std::string_view text);

  /// The line below the output of a terminal; an empty text takes it away.
  void status(std::string_view text);

  /// What a rank wrote to its standard error: goes to ours, apart from `screen`'s standard output.
  void rank_error(const Origin& origin, std::string_view pieces);

  /// A step of the job, with the seconds since the start.
  void step(std::string_view text);

  /// `skyrun: notice: …`, `skyrun: error: …` on standard error.
  void notice(const std::string& text);
  void error(const std::string& text);

  /// Is there a combined log?
  bool has_log() const { return log_.has_value() && !log_->broken(); }

  /// Since the console was opened.
  Millis age() const { return loop_.now() - opened_; }

  /// Does an output of ours wait for its reader?
  bool full() const { return out_.full() || (err_ && err_->full()); }
  /// Of what was shown last: its sender may not send as much again until there is room for it.
  void hold_while_full(Receipt receipt);

  /// Everything is written, or nobody reads it any more.
  bool settled() const;

  void on_settled(std::function<void()> callback);
  void on_broken(std::function<void(const Error&)> callback) {
    out_.on_broken(std::move(callback));
  }

 private:
  Result<Fd> open_log(const std::string& directory);
  void remark(std::string_view line);
  void release();
  bool leaves_output_to_ranks() const { return voice_ == Voice::quiet || voice_ == Voice::program; }
  bool is_one_terminal() const;
  bool is_one_place() const;
  FdWriter& errors();

  EventLoop& loop_;
  Voice voice_;
  Millis opened_;
  FdWriter out_;
  std::optional<FdWriter> err_;  // once a rank has written there
  Weaver on_err_{Look{}};
  std::function<void()> settled_;
  std::vector<Receipt> held_;
  Fd log_fd_;
  std::optional<RunLock> in_use_;
  std::optional<FdWriter> log_;
  std::optional<Screen> screen_;
};

}  // namespace skyrun
