// SPDX-License-Identifier: Apache-2.0
//
// The only part of a cluster that decides, on its node 0: it joins what is known of the nodes
// (Cluster), the jobs on them (JobTable) and who watches (Observers). Told what comes, it says what
// is to go out through HeadActions, and never waits, reads a clock or opens a socket.
//
// It begins with the bootstrap of node 0, and knows its nodes with the first Submit; what daemons
// say before that is kept. A later Submit is one more job, on nodes that are there.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "node_daemon/head/cluster.h"
#include "node_daemon/head/job_table.h"
#include "node_daemon/head/observers.h"
#include "protocol/rules.h"

namespace skyrun {

class HeadActions {
 public:
  virtual ~HeadActions() = default;
  /// To the nodes of the job; of the cluster, where it is none of a job's.
  virtual void to_nodes(JobId job, const Message& message) = 0;
  /// To the client, likewise.
  virtual void to_client(JobId job, const Message& message) = 0;
  /// on_deadline(job) after this time, in place of any earlier one.
  virtual void set_deadline(JobId job, std::chrono::milliseconds after) = 0;
  virtual void drop_deadline(JobId job) = 0;
  /// No job is left, and no client who could want another or sends us home.
  virtual void go_home() = 0;
};

class Head : private ClusterActions, private JobTableActions {
 public:
  Head(uint32_t nodes, const LaunchOptions& launch, HeadActions& actions);

  // Words that their speakers may say. An error says what the speaker did wrong.

  /// `bytes` are those of a word that came by a link; 0: we say it ourselves.
  Result<void> hear(ClusterWord word, size_t bytes);
  Result<void> hear(JobId job, const JobWord& word);

  /// Its jobs are ended; go_home() follows when it has any.
  void on_client_lost();
  void on_deadline(JobId job);

  /// Who started a node; nothing: it does not know yet, for there are no nodes without a Submit.
  std::optional<NodeId> starter_of(NodeId node) const;

  /// Is there anything to be ended before it may go?
  bool has_jobs() const { return jobs_ && !jobs_->empty(); }
  std::optional<JobEnded> outcome_of(JobId job) const { return observers_.outcome_of(job); }

 private:
  // ClusterActions.
  bool is_awaited(NodeId node) const override;
  void ask_client(const Adopt& request) override;
  void on_up(NodeId node, const std::string& error) override;
  void on_gone(const Departure& departure) override;
  // JobTableActions.
  void convene(JobId job, const std::vector<NodeId>& nodes) override;
  void to_nodes(JobId job, const Message& message) override;
  void to_observers(JobId job, const Message& message) override;
  void set_deadline(JobId job, std::chrono::milliseconds after) override;
  void on_over(JobId job) override;

  Result<void> on(Submit submit);
  Result<void> on(const Hello& hello);
  Result<void> on(const StartFailed& failed);
  Result<void> on(const NodeLost& lost);
  Result<void> form_cluster(std::vector<NodeSpec> nodes, bool may_adopt);

  Tree tree_;
  std::chrono::milliseconds start_timeout_;
  HeadActions& actions_;
  std::optional<Cluster> cluster_;  // with the first Submit
  std::optional<JobTable> jobs_;
  Observers observers_;
  std::vector<ClusterWord> early_;  // before that
  size_t early_bytes_ = 0;
};

}  // namespace skyrun
