// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace skyrun {
namespace {

constexpr size_t kMaxNames = 8;

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

bool waits_for(const JobRoster::Node& node, JobPhase phase) {
  return phase == JobPhase::connecting ? !node.up : !node.ended;
}

}  // namespace

Progress progress_of(JobPhase phase, Stage stage, const JobRoster& roster, const SyncProgress& sync,
                     const Cluster& cluster) {
  Progress progress{
      .stage = stage, .total = static_cast<uint32_t>(roster.size()), .taken = sync.taken()};
  std::vector<size_t> late;
  for (size_t i = 0; i < roster.size(); ++i) {
    if (waits_for(roster.nodes()[i], phase)) late.push_back(i);
  }
  progress.done = progress.total - static_cast<uint32_t>(late.size());
  if (phase == JobPhase::syncing) late = sync.waiting();
  for (size_t i = 0; i < std::min(late.size(), kMaxNames); ++i)
    progress.late.push_back(cluster.name_of(roster.nodes()[late[i]].id));
  return progress;
}

std::vector<std::string> unheard(JobPhase phase, std::chrono::milliseconds within,
                                 const JobRoster& roster, const Cluster& cluster) {
  std::vector<std::string> lines;
  for (const auto& node : roster.nodes()) {
    if (node.failed || (phase == JobPhase::connecting ? node.up : node.prepared)) continue;
    lines.push_back(fmt::format("{}: no word of it within {:.0f} s", cluster.name_of(node.id),
                                seconds(within)));
  }
  return lines;
}

std::vector<std::string> stuck_in_sync(const SyncProgress& sync, std::chrono::milliseconds within,
                                       const JobRoster& roster, const Cluster& cluster) {
  std::vector<std::string> lines;
  const auto stuck = sync.slowest();
  for (size_t i = 0; i < std::min(stuck.size(), kMaxNames); ++i) {
    lines.push_back(fmt::format(
        "{}: sync has made no progress for {:g} s: see to the disk of its home, or give "
        "it more time with --sync-timeout",
        cluster.name_of(roster.nodes()[stuck[i]].id), seconds(within)));
  }
  if (stuck.size() > kMaxNames)
    lines.push_back(fmt::format("and so for {} more nodes", stuck.size() - kMaxNames));
  return lines;
}

}  // namespace skyrun
