// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/event_loop.h"
#include "launcher/output/weaver.h"
#include "launcher/output/writer.h"

namespace skyrun {

/// What the person sees of a job, and the combined log of the same text without colours. On a
/// terminal a status line lives below the output; it hides while a rank's line is open there, as
/// with a progress bar, and anything else goes on above it.
class Screen {
 public:
  /// `log` may be nullptr. When the log cannot be written one notice says so and the job goes on.
  /// Both writers outlive the screen. The screen never waits: when `out` is full() the caller
  /// should stop reading from the nodes until it is drained.
  Screen(EventLoop& loop, FdWriter& out, FdWriter* log, Look look);
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Whole pieces of a rank, as LineAssembler gives them.
  void output(const Origin& origin, std::string_view pieces);

  /// The same of what is shown elsewhere: for the log alone.
  void record_output(const Origin& origin, std::string_view pieces);

  /// A line of the driver. Its colours are taken out where they do not belong.
  void message(std::string_view line);

  /// A line that is shown elsewhere, or to nobody: for the log alone.
  void record_message(std::string_view line);

  /// Sets the status line, drawn within kRedrawDelay; an empty text takes it away at once. Nothing
  /// of it goes to a pipe or to the log.
  void status(std::string_view text);

  /// Ends an open line and takes the status line away. More may follow.
  void finish();

  const Look& look() const { return look_; }

  static constexpr Millis kRedrawDelay{50};  ///< so that a busy screen is not all status line

 private:
  void show(std::string_view text);
  void record(std::string_view text);
  void erase_status();
  void redraw_later();
  void redraw();

  FdWriter& out_;
  FdWriter* log_;
  Look look_;
  Weaver on_screen_;
  Weaver in_log_{Look{}};
  std::string status_;
  bool drawn_ = false;  // the cursor stands behind the status line
  Timer redraw_timer_;
};

}  // namespace skyrun
