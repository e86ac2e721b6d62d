// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/head.h"

#include <set>
#include <utility>

#include "fabric/packet_wire.h"

namespace skyrun {

Head::Head(uint32_t nodes, const LaunchOptions& launch, HeadActions& actions)
    : tree_{.size = nodes, .arity = launch.arity},
      start_timeout_(launch.start_timeout),
      actions_(actions) {}

/// The first job follows our own bootstrap at once, but a child may be faster than a large one.
Result<void> Head::hear(ClusterWord word, size_t bytes) {
  if (cluster_ || std::holds_alternative<Submit>(word))
    return std::visit([this](auto& each) { return on(std::move(each)); }, word);
  early_bytes_ += bytes + sizeof(ClusterWord);
  if (early_bytes_ > kMaxFrame) return failure("it says too much before there is a job");
  early_.push_back(std::move(word));
  return {};
}

Result<void> Head::hear(JobId job, const JobWord& word) {
  if (!jobs_) return failure("it spoke of a job that there is not");
  return jobs_->read(job, word);
}

// Words of the cluster.

Result<void> Head::on(Submit submit) {
  std::vector<NodeId> nodes;
  std::set<NodeId> seen;
  for (const auto& node : submit.nodes) {
    nodes.push_back(node.id);
    if (node.id.value >= tree_.size || !seen.insert(node.id).second)
      return failure("it sent Submit with other nodes than its bootstrap's");
  }
  if (nodes.empty()) return failure("it sent Submit without nodes");
  if (!cluster_) {
    if (auto formed = form_cluster(std::move(submit.nodes), submit.may_adopt); !formed)
      return formed;
  }
  jobs_->add(std::move(submit.job), std::move(submit.wishes), nodes);
  for (auto& word : std::exchange(early_, {})) static_cast<void>(hear(std::move(word), 0));
  return {};
}

/// Of all nodes, in their order.
Result<void> Head::form_cluster(std::vector<NodeSpec> nodes, bool may_adopt) {
  bool right = nodes.size() == tree_.size;
  for (size_t i = 0; right && i < nodes.size(); ++i) right = nodes[i].id.value == i;
  if (!right) return failure("it sent Submit with other nodes than its bootstrap's");
  cluster_.emplace(std::move(nodes), tree_, may_adopt, static_cast<ClusterActions&>(*this));
  jobs_.emplace(*cluster_, start_timeout_, static_cast<JobTableActions&>(*this));
  return {};
}

Result<void> Head::on(const Hello& hello) {
  cluster_->on(hello);
  return {};
}

Result<void> Head::on(const StartFailed& failed) {
  cluster_->on(failed);
  return {};
}

Result<void> Head::on(const NodeLost& lost) {
  cluster_->on(lost);
  return {};
}

void Head::on_client_lost() {
  observers_.lose_client();
  if (cluster_) jobs_->on_client_lost(cluster_->lose_client());
}

void Head::on_deadline(JobId job) {
  if (jobs_) jobs_->on_deadline(job);
}

std::optional<NodeId> Head::starter_of(NodeId node) const {
  if (!cluster_ || !cluster_->has(node)) return std::nullopt;
  return cluster_->starter_of(node);
}

// What the cluster says.

bool Head::is_awaited(NodeId node) const {
  return jobs_->awaits(node);
}

void Head::ask_client(const Adopt& request) {
  actions_.to_client(kNoJob, request);
}

void Head::on_up(NodeId node, const std::string& error) {
  jobs_->on_up(node, error);
}

void Head::on_gone(const Departure& departure) {
  jobs_->on_gone(departure);
}

// What the jobs say.

void Head::convene(JobId job, const std::vector<NodeId>& nodes) {
  actions_.to_nodes(kNoJob, Convene{job, to_runs(nodes)});
}

void Head::to_nodes(JobId job, const Message& message) {
  actions_.to_nodes(job, message);
}

void Head::to_observers(JobId job, const Message& message) {
  if (observers_.hear(job, message)) actions_.to_client(job, message);
}

void Head::set_deadline(JobId job, std::chrono::milliseconds after) {
  actions_.set_deadline(job, after);
}

void Head::on_over(JobId job) {
  actions_.drop_deadline(job);
  if (jobs_->empty() && !observers_.has_client()) actions_.go_home();
}

}  // namespace skyrun
