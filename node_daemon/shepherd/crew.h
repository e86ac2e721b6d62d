// SPDX-License-Identifier: Apache-2.0
//
// The processes of a job on this node: that of setup; then those of run, by their local ranks. Of a
// task there is one, of apps as many as the rank map has here.
//
//     start(setup) → StageEnded → start(run) → StageEnded … → finish()
//
// A rank that cannot be started has ended as a shell says it, with 127, and says why.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/reaper.h"
#include "node_daemon/shepherd/job_directories.h"
#include "node_daemon/shepherd/rank_ends.h"
#include "node_daemon/shepherd/stage_program.h"
#include "protocol/message.h"

namespace skyrun {

class Crew {
 public:
  struct Events {
    std::function<void(const Message&)> send;
    std::function<bool()> anybody_left;  ///< is there a process of the job on this node?
  };

  Crew(EventLoop& loop, Reaper& reaper, Events events)
      : loop_(loop), reaper_(reaper), events_(std::move(events)) {}

  /// Where a stage's processes start.
  struct Place {
    const Prepare& prepare;
    NodeId node;
    const JobDirectories& directories;
    const std::string& home;
  };
  Result<void> start(Stage stage, const Place& place);

  /// Everything of the job is being ended.
  void stop();
  /// Their output is read, or waits.
  void set_reading(bool reading);
  /// Nobody is left: ends what has not ended, and gives out what it wrote last.
  void finish();

 private:
  struct Member {
    Rank rank;
    std::unique_ptr<StageProgram> program;
  };

  Result<void> start_script(Stage stage, const Place& place);
  void start_apps(const Place& place);
  Result<std::unique_ptr<StageProgram>> start_rank(const Place& place, LocalRank local);
  StageProgram::Events events_of(Stage stage, LocalRank local,
                                 std::function<void(StageProgram::End)> on_end);
  void on_script_end(Stage stage, StageProgram::End end);
  void on_rank_end(LocalRank local, StageProgram::End end);
  void say_ends();
  void notice(std::string text) { events_.send(Notice{node_, std::move(text)}); }
  void say_quiet(Stage stage);
  std::vector<Member>& of(Stage stage) { return stage == Stage::setup ? setup_ : run_; }
  template <class Action>
  void for_each(Action action);

  EventLoop& loop_;
  Reaper& reaper_;
  Events events_;
  NodeId node_;
  std::vector<Member> setup_, run_;  // by local rank
  RankEnds ends_;
  bool stopping_ = false;
  bool reading_ = true;
  bool told_home_ = false;  // that they start there
};

}  // namespace skyrun
