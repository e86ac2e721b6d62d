// SPDX-License-Identifier: Apache-2.0
//
// A process of a stage on this node, in a session of its own: bash with the stage's script, or a
// rank's program; its output, its end. What is said here of the shell is true of a program too.
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
#include <vector>

#include "core/event_loop.h"
#include "core/reaper.h"
#include "node_daemon/shepherd/output_pump.h"
#include "node_daemon/shepherd/stage_launch.h"

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
    std::function<void(Stream, std::string pieces)> on_output;
    std::function<void(End)> on_end;  ///< once, after everything written until then
    std::function<void(std::string text)> on_notice;
  };

  /// `linger` is the job's.
  static Result<std::unique_ptr<StageProgram>> start(EventLoop& loop, Reaper& reaper,
                                                     StageLaunch launch, Stage stage, Millis linger,
                                                     Events events);
  ~StageProgram();
  StageProgram(const StageProgram&) = delete;
  StageProgram& operator=(const StageProgram&) = delete;

  pid_t pid() const { return pid_; }
  bool running() const { return state_ == State::running; }

  /// Stops or goes on reading its output; it waits meanwhile.
  void set_reading(bool reading);
  /// Gives out the half lines that are left of its output, whose end is not waited for.
  void finish_output();

  /// Everything of the job is being ended: the shell's end is the stage's.
  void stop() { stopping_ = true; }

  /// Nobody of it is left: ends the stage now if its shell has ended.
  void end_held();

 private:
  enum class State { running, held, ended };

  StageProgram(EventLoop& loop, Reaper& reaper, StageScript script, Stage stage, Millis linger,
               Events events);
  void open_output(EventLoop& loop, Stream stream, Fd pipe, Fd log);
  bool output_closed() const;
  std::string holders() const;
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
  std::vector<std::unique_ptr<OutputPump>> outputs_;
  bool reading_ = true;
  Timer look_;  // while it is held
  Millis held_{0};
  int looks_without_holder_ = 0;
  bool said_ = false;
};

}  // namespace skyrun
