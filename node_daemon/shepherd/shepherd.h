// SPDX-License-Identifier: Apache-2.0
//
// The shepherd owns the processes of one job on one node. It is told by its daemon, over a
// socketpair, what every node is told (prepare, start a stage, stop), and answers with messages
// for the head and output for the client, which the daemon passes on.
//
//     Bootstrap → Prepare → [SyncBegin SyncBlock…] → StartStage(setup) → StartStage(run) → Finish
//
// It is the subreaper of everything it starts. When its daemon goes, it ends them all and goes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/stream_link.h"
#include "node_daemon/shepherd/file_receiver.h"
#include "node_daemon/shepherd/job_directories.h"
#include "node_daemon/shepherd/stage_program.h"
#include "node_daemon/shepherd/sweep.h"
#include "protocol/message.h"

namespace skyrun {

class Shepherd {
 public:
  /// `link` is the socketpair to the daemon.
  Shepherd(EventLoop& loop, Fd link);

 private:
  void on_frame(const Frame& frame);
  Result<Message> take(const Frame& frame);
  void on(const Bootstrap& bootstrap);
  void on(const Prepare& prepare);
  void on(const SyncBegin& begin);
  void on(const SyncBlock& block);
  void on(const StartStage& start);
  void on(const SignalRanks& signal);
  void on(const StopRanks& stop);
  void on(const Finish& finish);
  template <class Other>
  void on(const Other&) {}  // not for a shepherd

  void use_own_workdir();
  Result<void> start_program(Stage stage);
  StageEnded stage_ended(Stage stage, const StageProgram& program, StageProgram::End end) const;
  void on_program_end(Stage stage, StageProgram::End end);
  void on_swept(const std::string& left);
  void on_daemon_lost();
  void send(const Message& message);
  void send_ended(Stage stage, std::string error);
  void update_flow();
  void leave();

  EventLoop& loop_;
  Reaper reaper_;
  std::string home_;
  NodeId node_;
  std::optional<Prepare> prepare_;
  std::optional<JobDirectories> directories_;
  std::string prepare_error_;  // told when the next stage is to start
  std::unique_ptr<FileReceiver> receiver_;
  std::unique_ptr<StageProgram> setup_, run_;
  bool own_workdir_ = false;
  bool stopping_ = false;
  bool leaving_ = false;
  Sweep sweep_;
  StreamLink link_;
};

}  // namespace skyrun
