// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "core/result.h"
#include "protocol/machine_report.h"

namespace skyrun {

/// Looks what this node consists of in a process of its own (`skyrun topo --output=wire`): the
/// libraries that know are slow to load and may end who asks them.
class MachineLook {
 public:
  /// What was found; or why the node could not say, within ten seconds.
  using Callback = std::function<void(Result<MachineReport>)>;

  MachineLook(EventLoop& loop, Reaper& reaper, Callback on_seen);
  ~MachineLook();
  MachineLook(const MachineLook&) = delete;
  MachineLook& operator=(const MachineLook&) = delete;

  /// `skyrun` is the program's path, or why there is none, which is then what the node says.
  void start(const Result<std::string>& skyrun);

 private:
  /// What comes through a pipe, up to a bound.
  struct Stream {
    Fd pipe;
    std::string bytes;
    std::optional<FdWatch> watch;
  };

  Result<pid_t> spawn_look(const std::string& skyrun);
  void read_some(Stream& stream);
  void on_exit(ExitStatus status);
  Result<MachineReport> verdict(ExitStatus status);

  EventLoop& loop_;
  Reaper& reaper_;
  Callback on_seen_;
  pid_t pid_ = 0;
  bool late_ = false;
  Stream report_, errors_;
  Timer patience_;
  std::optional<Error> not_started_;
  Later tell_not_started_;
};

}  // namespace skyrun
