// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/hearing.h"

#include <fmt/format.h>

#include <utility>

#include "fabric/incoming.h"

namespace skyrun {

Hearing::Hearing(const JobSpec& job, size_t nodes, LaunchMode mode, const StartForest& forest)
    : job_(job), nodes_(nodes), mode_(mode), forest_(forest), sync_is_due_(job.syncs_files) {}

std::optional<NodeId> Hearing::starter_of(NodeId node) const {
  if (node.value >= nodes_) return std::nullopt;
  return forest_.starter_of(node);
}

Result<void> Hearing::check_passage_from(NodeId from, const Frame& frame) const {
  const Post post{.self = kClient, .starter_of = [this](NodeId node) { return starter_of(node); }};
  return check_passage(post, {.kind = Neighbour::Kind::child, .node = from}, frame);
}

Result<ObserverWord> Hearing::take(const Frame& frame) {
  auto word = read_word<ObserverWord>(frame, [this](NodeId node) { return starter_of(node); });
  if (!word) return word;
  if (frame.job != kNoJob && frame.job != kFirstJob)
    return failure("it spoke of a job that is not ours");
  auto allowed = check(*word);
  if (!allowed) return tl::unexpected(std::move(allowed.error()));
  return word;
}

/// The nodes that we start run our job, and no other that a head would rather have.
Result<void> Hearing::check(const ObserverWord& word) {
  if (const auto* request = std::get_if<Adopt>(&word)) return check_adopt(*request);
  const auto* convene = std::get_if<Convene>(&word);
  if (convene != nullptr && convene->job != kFirstJob)
    return failure("it spoke of a job that is not ours");
  const auto* prepare = std::get_if<Prepare>(&word);
  if (prepare != nullptr && prepare->job != job_) return failure("it changed the job");
  if (prepare != nullptr && prepare->etc_hosts != etc_hosts_)
    return failure("it changed the names of the job group");
  const auto* start = std::get_if<StartStage>(&word);
  if (start != nullptr && start->stage == Stage::sync && !std::exchange(sync_is_due_, false))
    return failure("it asked for files that are not due");
  const auto* placed = std::get_if<Placed>(&word);
  if (placed != nullptr && (std::exchange(is_placed_, true) || placed->addresses.size() != nodes_))
    return failure("it placed another job than ours");
  return {};
}

Result<void> Hearing::check_adopt(const Adopt& request) const {
  if (mode_ != LaunchMode::automatic) return failure("it sent Adopt, which --launch forbids");
  for (const NodeId node : request.nodes) {
    if (starter_of(node).value_or(kClient) != kClient) continue;
    return failure(fmt::format("it sent Adopt of node {}, which it may not give away", node.value));
  }
  return {};
}

}  // namespace skyrun
