// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "node_daemon/head/cluster.h"
#include "node_daemon/head/job_roster.h"
#include "node_daemon/head/job_state.h"
#include "node_daemon/head/rank_outcomes.h"
#include "node_daemon/head/sync_progress.h"
#include "protocol/message.h"
#include "protocol/rules.h"

namespace skyrun {

/// What a JobRun asks of the world.
class JobActions {
 public:
  virtual ~JobActions() = default;
  /// To the nodes of the job.
  virtual void to_nodes(const Message& message) = 0;
  virtual void to_observers(const Message& message) = 0;
  /// on_deadline() after this time, in place of any earlier one.
  virtual void set_deadline(std::chrono::milliseconds after) = 0;
};

/// One job at its head, on some nodes of the cluster: told what happened on each of them, it
/// decides what happens next. It never waits, and knows no sockets or clocks. Of nodes that are not
/// its own it takes no word.
///
/// The first failure of a stage stops the others; it decides the state and, by its rank, the exit
/// code. Ranks that were stopped for it are marked so.
class JobRun {
 public:
  /// `nodes` are those of the job, in the order of its ranks, and each is of the cluster.
  JobRun(JobSpec job, JobWishes wishes, const std::vector<NodeId>& nodes, const Cluster& cluster,
         std::chrono::milliseconds start_timeout, JobActions& actions);

  /// Waits for its nodes; where they are all up it begins at once.
  void start();

  // What the cluster says.
  void on_up(NodeId node, const std::string& error);
  void on_gone(const Departure& departure);
  /// `unreachable` are the nodes that the client had started.
  void on_client_lost(const std::vector<NodeId>& unreachable);

  // Words of the job, which their speakers may say.
  void on(const Prepared& prepared);
  void on(const StageEnded& ended);
  /// The client has sent so many bytes more of the files to every node; none: that was all.
  void on(const SyncSent& sent);
  void on(const SyncTaken& taken);
  void on(const NodeQuiet& quiet);
  void on(const ShepherdLost& lost);
  void on(const Introduce& introduce);
  void on(const Cancel& cancel);

  void on_deadline();

  JobPhase phase() const { return phase_; }
  std::vector<NodeId> nodes() const { return roster_.ids(); }
  bool is_on(NodeId node) const { return roster_.has(node); }

 private:
  using Node = JobRoster::Node;

  void handle(JobEvent event);
  void enter(JobPhase phase);
  void lose(Node& node, bool decides, bool stopped);
  void settle();
  void check_nodes_stage();
  void take_place();
  void prepare_nodes();
  void begin_stage(Stage stage);
  void begin_stopping();
  void finish();
  void add_errors(const std::vector<std::string>& errors);
  void fail(JobState state, std::string error);
  bool runs_apps() const { return stage_ == Stage::run && !job().apps.empty(); }
  void on_ranks_ended(Node& node, const StageEnded& ended);
  void check_barrier();
  void check_quiet();
  void await_files();
  void give_up_start();
  void give_up_sync();
  void give_up_processes();
  void report_progress();
  const JobSpec& job() const { return prepare_.job; }
  const std::string& name_of(const Node& node) const { return cluster_.name_of(node.id); }

  JobWishes wishes_;
  Prepare prepare_;  // what every node is told, as far as it is known
  const Cluster& cluster_;
  std::chrono::milliseconds start_timeout_;
  JobActions& actions_;
  JobRoster roster_;
  JobPhase phase_ = JobPhase::connecting;
  JobState state_ = JobState::succeeded;
  Stage stage_ = Stage::nodes;  // the stage that decides the job: the last one begun
  std::chrono::milliseconds grace_;
  SyncProgress sync_;
  RankOutcomes ranks_;       // of apps, once they run
  uint64_t taken_told_ = 0;  // of it, to who watches
  bool is_told_ = false;     // every node has the job
  bool own_workdir_ = false;
  bool failed_ = false;
  bool settling_ = false;  // a node failed to start; others may fail for the same reason
  std::vector<std::string> errors_;
};

}  // namespace skyrun
