// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/line_assembler.h"

namespace skyrun {

/// Carries the output of one stage's program: from its pipe, as raw bytes to the log on this node,
/// and as whole pieces to whoever shows them.
class OutputPump {
 public:
  using Sink = std::function<void(std::string pieces)>;

  /// `log` may be closed: then there is no log on this node, and the output goes on.
  OutputPump(EventLoop& loop, Fd pipe, Fd log, Sink sink);

  /// Stops or goes on reading, when the sink is full. The program waits meanwhile.
  void set_reading(bool reading);

  /// Reads what is in the pipe now, so that nothing written before an exit comes after its report.
  void drain();

  /// Gives out the half line that is left. The pipe's end is not waited for.
  void finish();

 private:
  bool read_once();
  void log_raw(std::string_view bytes);
  void emit(std::string pieces);

  Fd pipe_;
  Fd log_;
  Sink sink_;
  LineAssembler assembler_;
  std::optional<FdWatch> watch_;
  Timer idle_;  // a progress frame is shown when no more comes
};

}  // namespace skyrun
