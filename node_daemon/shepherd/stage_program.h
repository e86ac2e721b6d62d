// SPDX-License-Identifier: Apache-2.0
//
// The program of one stage on this node: bash in a session of its own, its output, its end.
//
// It begins with start(). The stage has not ended with its shell: what the shell left behind may
// still write (`exec > >(filter)`, `program | tee log &`, `for i in 0 1; do work & done`). It ends
// when nobody has its output open any more, or has had it open for as long as the job lets it
// linger; for a shell that failed, which is to stop the other nodes, that is a moment at most.
//
//     running --exit--> held --output closed, nobody holds it, time is over, stop--> ended
//
// What keeps no output open, a daemon, is not waited for: it lives until the job ends.
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
#include "node_daemon/shepherd/stage_script.h"

namespace skyrun {

class StageProgram {
 public:
  /// How its shell ended.
  struct End {
    ExitStatus status;
    bool begun = false;    ///< it came to the first of the task's commands
    bool stopped = false;  ///< it ended after it was told to stop
  };

  struct Events {
    std::function<void(std::string pieces)> on_output;
    std::function<void(End)> on_end;  ///< once, after everything written until then
    std::function<void(std::string text)> on_notice;
  };

  static Result<std::unique_ptr<StageProgram>> start(EventLoop& loop, Reaper& reaper,
                                                     JobDirectories& directories,
                                                     const Prepare& prepare, Stage stage,
                                                     NodeId node, const std::string& home,
                                                     Events events);
  ~StageProgram();
  StageProgram(const StageProgram&) = delete;
  StageProgram& operator=(const StageProgram&) = delete;

  pid_t pid() const { return pid_; }
  bool running() const { return state_ == State::running; }
  OutputPump& output() { return *output_; }

  /// Everything of the job is being ended: the shell's end is the stage's.
  void stop() { stopping_ = true; }

  /// Nobody of it is left: ends the stage now if its shell has ended.
  void end_held();

 private:
  enum class State { running, held, ended };

  StageProgram(EventLoop& loop, Reaper& reaper, const Prepare& prepare, Stage stage, Events events);
  void open_output(EventLoop& loop, Fd pipe, Fd log);
  void on_exit(ExitStatus status);
  void look();
  void say_who_is_left(const std::string& names, bool over);

  Reaper& reaper_;
  Events events_;
  Stage stage_;
  Millis linger_;
  State state_ = State::running;
  bool stopping_ = false;
  pid_t pid_ = 0;
  StageScript script_;
  End end_;
  std::unique_ptr<OutputPump> output_;
  Timer look_;  // while it is held
  Millis held_{0};
  int looks_without_holder_ = 0;
  bool said_ = false;
};

}  // namespace skyrun
