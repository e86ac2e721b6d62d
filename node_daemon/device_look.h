// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "protocol/message.h"

namespace skyrun {

/// Looks for this node's accelerators in a process of its own (`skyrun topo --output=counts`): the
/// libraries that know them are slow to load and may end who asks them.
class DeviceLook {
 public:
  /// What was found; nothing where the node could not say, within ten seconds.
  using Callback = std::function<void(std::optional<std::vector<AcceleratorCount>>)>;

  DeviceLook(EventLoop& loop, Reaper& reaper, Callback on_seen);
  ~DeviceLook();
  DeviceLook(const DeviceLook&) = delete;
  DeviceLook& operator=(const DeviceLook&) = delete;

  /// `skyrun` is the program's path.
  void start(const std::string& skyrun);

 private:
  void on_exit(ExitStatus status);

  EventLoop& loop_;
  Reaper& reaper_;
  Callback on_seen_;
  pid_t pid_ = 0;
  Fd output_;
  Timer patience_;
};

/// The lines "NAME COUNT" that the process prints; nothing where one of them is none.
std::optional<std::vector<AcceleratorCount>> parse_counts(std::string_view text);

}  // namespace skyrun
