// SPDX-License-Identifier: Apache-2.0
//
// The shepherd owns the processes of one job on one node. It is told by its daemon, over a
// socketpair, what every node is told (prepare, start a stage, stop), and answers with messages
// for the head and output for the client, which the daemon passes on.
//
//     Enlist → Prepare → [SyncBegin SyncBlock…] → StartStage(setup) → StartStage(run) → JobOver
//
// It is the subreaper of everything it starts. It ends
//
//     on JobOver                           when it has killed what is left, and its daemon has all
//                                          that the programs wrote
//     when its daemon or warden has gone   after a grace of three seconds
//     when its daemon is silent            likewise, and ends the daemon too: nobody else would
//
// and its daemon or its warden end it when it is silent itself (warden.h).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/stream_peer.h"
#include "node_daemon/shepherd/crew.h"
#include "node_daemon/shepherd/file_receiver.h"
#include "node_daemon/shepherd/job_directories.h"
#include "node_daemon/shepherd/pulse.h"
#include "node_daemon/shepherd/sweep.h"
#include "protocol/message.h"
#include "protocol/rules.h"

namespace skyrun {

class Shepherd {
 public:
  /// `link` is the socketpair to the daemon, `pulse` the one to the warden.
  Shepherd(EventLoop& loop, Fd link, Fd pulse);

  /// Once the loop has ended: was it told that its job is over, or had it none?
  bool dismissed() const { return dismissed_ || job_ == kNoJob; }

 private:
  void on_frame(const Frame& frame);
  Result<ShepherdWord> take(const Frame& frame);
  void on(const Enlist& enlist);
  void on(const Prepare& prepare);
  void on(const SyncBegin& begin);
  void on(const SyncBlock& block);
  void on(const StartStage& start);
  void on(const SignalRanks& signal);
  void on(const StopRanks& stop);
  void on(const JobOver& over);

  void use_own_workdir();
  Result<void> start_stage(Stage stage);
  void on_swept(const std::string& left);
  void on_daemon_lost(const Loss& loss);
  void end_job();
  void send(const Message& message, Receipt receipt = nullptr);
  void send_of_crew(const Message& message);
  void send_ended(Stage stage, std::string error);
  void update_flow();
  void leave();
  void leave_when_written();

  EventLoop& loop_;
  Reaper reaper_;
  std::string home_;
  NodeId node_;
  JobId job_;  // once a frame has come that is of one
  std::optional<Prepare> prepare_;
  std::optional<JobDirectories> directories_;
  std::string prepare_error_;  // told when the next stage is to start
  std::unique_ptr<FileReceiver> receiver_;
  bool own_workdir_ = false;
  bool stopping_ = false;
  bool leaving_ = false;
  bool dismissed_ = false;
  bool done_ = false;  // nothing is left but what waits to be written
  size_t unsent_ = 0;  // bytes of output
  Sweep sweep_;
  Crew crew_;
  std::optional<ProcessEntry> daemon_;
  bool daemon_hangs_ = false;
  StreamPeer link_;
  Pulse pulse_;
};

}  // namespace skyrun
