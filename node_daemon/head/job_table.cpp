// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_table.h"

#include <algorithm>
#include <utility>

namespace skyrun {

/// A job, and what it asks for under its number.
struct JobTable::Entry : JobActions {
  JobTableActions& actions;
  JobId id;
  JobRun run;

  Entry(JobId number, JobSpec job, JobWishes wishes, const std::vector<NodeId>& nodes,
        const JobTable& table)
      : actions(table.actions_),
        id(number),
        run(std::move(job), std::move(wishes), nodes, table.cluster_, table.start_timeout_, *this) {
  }

  /// All nodes are up, also those that were adopted, once one of them is to prepare it.
  void to_nodes(const Message& message) override {
    if (std::holds_alternative<Prepare>(message)) actions.convene(id, run.nodes());
    actions.to_nodes(id, message);
  }
  void to_observers(const Message& message) override { actions.to_observers(id, message); }
  void set_deadline(std::chrono::milliseconds after) override { actions.set_deadline(id, after); }
};

JobTable::JobTable(const Cluster& cluster, std::chrono::milliseconds start_timeout,
                   JobTableActions& actions)
    : cluster_(cluster), start_timeout_(start_timeout), actions_(actions) {}

JobTable::~JobTable() = default;

JobId JobTable::add(JobSpec job, JobWishes wishes, const std::vector<NodeId>& nodes) {
  const JobId id{++last_};
  auto& entry = jobs_[id] =
      std::make_unique<Entry>(id, std::move(job), std::move(wishes), nodes, *this);
  entry->run.start();
  forget_ended();
  return id;
}

Result<void> JobTable::read(JobId job, const JobWord& word) {
  if (job.value == 0 || job.value > last_) return failure("it spoke of a job that there is not");
  const auto found = jobs_.find(job);
  if (found == jobs_.end()) return {};
  std::visit([&run = found->second->run](const auto& each) { run.on(each); }, word);
  forget_ended();
  return {};
}

void JobTable::on_up(NodeId node, const std::string& error) {
  tell_all([node, &error](JobRun& run) { run.on_up(node, error); });
}

void JobTable::on_gone(const Departure& departure) {
  tell_all([&departure](JobRun& run) { run.on_gone(departure); });
}

void JobTable::on_client_lost(const std::vector<NodeId>& unreachable) {
  tell_all([&unreachable](JobRun& run) { run.on_client_lost(unreachable); });
}

void JobTable::on_deadline(JobId job) {
  const auto found = jobs_.find(job);
  if (found == jobs_.end()) return;
  found->second->run.on_deadline();
  forget_ended();
}

bool JobTable::awaits(NodeId node) const {
  return std::any_of(jobs_.begin(), jobs_.end(), [node](const auto& job) {
    const JobRun& run = job.second->run;
    return run.phase() == JobPhase::connecting && run.is_on(node);
  });
}

void JobTable::tell_all(const std::function<void(JobRun&)>& tell) {
  for (auto& [id, entry] : jobs_) tell(entry->run);
  forget_ended();
}

void JobTable::forget_ended() {
  std::vector<JobId> ended;
  for (const auto& [id, entry] : jobs_) {
    if (entry->run.phase() == JobPhase::finished) ended.push_back(id);
  }
  for (const JobId id : ended) {
    jobs_.erase(id);
    actions_.on_over(id);
  }
}

}  // namespace skyrun
