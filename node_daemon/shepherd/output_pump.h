// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/line_assembler.h"
#include "core/pipe_holders.h"
#include "core/shell_noise.h"

namespace skyrun {

/// Carries the output of one stage's program: from its pipe, as raw bytes to the log on this node,
/// and as whole pieces to whoever shows them.
class OutputPump {
 public:
  using Sink = std::function<void(std::string pieces)>;

  /// `log` may be closed: then there is no log on this node, and the output goes on.
  /// `on_closed` is told once, when nobody has the pipe open any more and all of it is read.
  OutputPump(EventLoop& loop, Fd pipe, Fd log, Sink sink, std::function<void()> on_closed);

  bool closed() const { return !watch_; }

  /// Those of the job's processes that have the pipe open.
  std::vector<std::string> holders() const { return holders_of(pipe_.get()); }

  /// Stops or goes on reading, when the sink is full. The program waits meanwhile.
  void set_reading(bool reading);

  /// Reads what is in the pipe now, so that nothing written before an exit comes after its report.
  void drain();

  /// Gives out the half line that is left. The pipe's end is not waited for.
  void finish();

 private:
  size_t read_once();
  void log_raw(std::string_view bytes);
  void emit(std::string pieces);

  Fd pipe_;
  Fd log_;
  Sink sink_;
  std::function<void()> on_closed_;
  LineAssembler assembler_;
  std::optional<FdWatch> watch_;
  NoiseAtStart noise_;
  Timer idle_;  // a progress frame is shown when no more comes
};

}  // namespace skyrun
