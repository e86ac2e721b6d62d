// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/reaper.h"
#include "node_daemon/shepherd/job_directories.h"
#include "node_daemon/shepherd/output_pump.h"

namespace skyrun {

/// The program of one stage on this node: bash in a session of its own, its output, its end.
class StageProgram {
 public:
  struct Events {
    std::function<void(std::string pieces)> on_output;
    std::function<void(ExitStatus)> on_exit;  ///< after everything it had written until then
    std::function<void(std::string text)> on_notice;  ///< of how it was started
  };

  /// Starts it under `bash -i`, so that ~/.bashrc is not skipped by its test for interactivity.
  static Result<std::unique_ptr<StageProgram>> start(EventLoop& loop, Reaper& reaper,
                                                     const JobDirectories& directories,
                                                     const Prepare& prepare, Stage stage,
                                                     NodeId node, const std::string& home,
                                                     Events events);
  StageProgram(const StageProgram&) = delete;
  StageProgram& operator=(const StageProgram&) = delete;

  pid_t pid() const { return pid_; }
  bool running() const { return running_; }
  OutputPump& output() { return *output_; }

 private:
  StageProgram() = default;

  pid_t pid_ = 0;
  bool running_ = true;
  std::unique_ptr<OutputPump> output_;
};

}  // namespace skyrun
