// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "bringup/start_forest.h"
#include "node_daemon/job_state.h"
#include "node_daemon/sync_progress.h"
#include "protocol/message.h"
#include "protocol/rules.h"

namespace skyrun {

/// What a JobRun asks of the world.
class JobActions {
 public:
  virtual ~JobActions() = default;
  virtual void to_nodes(const Message& message) = 0;
  virtual void to_client(const Message& message) = 0;
  /// on_deadline() after this time, in place of any earlier one.
  virtual void set_deadline(std::chrono::milliseconds after) = 0;
};

/// One job at its head: told what happened on every node, it decides what happens next. It never
/// waits, and knows no sockets or clocks.
///
/// The first failure of a stage stops the others; it decides the state and, by its rank, the exit
/// code. Ranks that were stopped for it are marked so.
class JobRun {
 public:
  /// `tree` is over all nodes of the job.
  JobRun(Submit submit, Tree tree, std::chrono::milliseconds start_timeout, JobActions& actions);

  void start();

  /// A message for the head, which its speaker may say.
  void read(const JobWord& word);

  /// Is a node linked to the client, not to its parent in the tree?
  /// Of a node of the job.
  NodeId starter_of(NodeId node) const { return forest_.starter_of(node); }

  void on_hello(const Hello& hello);
  void on_start_failed(const StartFailed& failed);
  void on_node_lost(const NodeLost& lost);
  void on_prepared(const Prepared& prepared);
  void on_stage_ended(const StageEnded& ended);
  /// The client has sent so many bytes more of the files to every node; none: that was all.
  void on_sync_sent(uint64_t bytes);
  void on_sync_taken(const SyncTaken& taken);
  void on_quiet(NodeId node);
  void on_approve(const Approve& approve);
  void on_cancel(const Cancel& cancel);
  void on_client_lost();
  void on_deadline();

  JobPhase phase() const { return phase_; }

 private:
  struct Node {
    NodeFacts facts;
    uint32_t machine = 0;  // place in machines_
    bool up = false;
    bool failed = false;  // could not be started, or lost
    bool prepared = false;
    bool ended = false;  // the current stage
    bool quiet = false;  // no process of the job is left
    RankOutcome outcome;
  };

  bool adopt(const StartFailed& failed);
  void handle(JobEvent event);
  void enter(JobPhase phase);
  uint32_t place_of(const std::string& machine);
  void ask_for_approval();
  bool introduce_nodes();
  void name_twins(const std::vector<NodeFacts>& facts);
  void prepare_nodes();
  void begin_stage(Stage stage);
  void begin_stopping();
  void finish();
  void fail(JobState state, std::string error);
  void lose(NodeId id);
  void check_nodes_stage();
  void check_barrier();
  void check_quiet();
  void await_files();
  void give_up_sync();
  void report_progress();
  std::string name_of(NodeId node) const;
  std::vector<std::string> late_nodes() const;
  bool waiting_for(const Node& node) const;

  Submit submit_;
  StartForest forest_;
  std::chrono::milliseconds start_timeout_;
  JobActions& actions_;
  std::vector<Node> nodes_;
  std::vector<std::string> machines_;  // each once, as nodes are mostly equal
  size_t facts_bytes_ = 0;             // of what the nodes have said of themselves
  JobPhase phase_ = JobPhase::connecting;
  JobState state_ = JobState::succeeded;
  Stage stage_ = Stage::nodes;  // the stage that decides the job: the last one begun
  std::chrono::milliseconds grace_;
  SyncProgress sync_;
  uint64_t taken_told_ = 0;  // of it, to the client
  bool is_told_ = false;     // every node has the job
  bool own_workdir_ = false;
  bool failed_ = false;
  bool settling_ = false;  // a node failed to start; others may fail for the same reason
  std::vector<std::string> errors_;
};

}  // namespace skyrun
