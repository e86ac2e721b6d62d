// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/result.h"
#include "node_daemon/head/job_run.h"

namespace skyrun {

/// What the jobs of a table ask of the world, each by its number.
class JobTableActions {
 public:
  virtual ~JobTableActions() = default;
  /// A job is about to begin on these nodes; what it says to its nodes follows.
  virtual void convene(JobId job, const std::vector<NodeId>& nodes) = 0;
  virtual void to_nodes(JobId job, const Message& message) = 0;
  virtual void to_observers(JobId job, const Message& message) = 0;
  /// on_deadline(job) after this time, in place of any earlier one.
  virtual void set_deadline(JobId job, std::chrono::milliseconds after) = 0;
  /// It has ended and is forgotten; no deadline of it need come any more.
  virtual void on_over(JobId job) = 0;
};

/// The jobs of a cluster that have not ended, each on its own nodes: what happens to a node is told
/// to those that are on it and to no other. Actions must not call back.
class JobTable {
 public:
  JobTable(const Cluster& cluster, std::chrono::milliseconds start_timeout,
           JobTableActions& actions);
  ~JobTable();

  /// A new job on some nodes of the cluster, each named once, in the order of its ranks. It begins
  /// as soon as they are up.
  JobId add(JobSpec job, JobWishes wishes, const std::vector<NodeId>& nodes);

  /// A word of a job. An error when there never was such a job; one that has ended takes no word.
  Result<void> read(JobId job, const JobWord& word);

  void on_up(NodeId node, const std::string& error);
  void on_gone(const Departure& departure);
  void on_client_lost(const std::vector<NodeId>& unreachable);
  void on_deadline(JobId job);

  /// Does a job wait for the node to come up?
  bool awaits(NodeId node) const;
  bool empty() const { return jobs_.empty(); }

 private:
  struct Entry;

  void tell_all(const std::function<void(JobRun&)>& tell);
  void forget_ended();

  const Cluster& cluster_;
  std::chrono::milliseconds start_timeout_;
  JobTableActions& actions_;
  uint32_t last_ = 0;  // number that was given
  std::map<JobId, std::unique_ptr<Entry>> jobs_;
};

}  // namespace skyrun
