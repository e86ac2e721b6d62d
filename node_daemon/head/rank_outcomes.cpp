// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/rank_outcomes.h"

#include <algorithm>
#include <utility>

namespace skyrun {

RankOutcomes::RankOutcomes(const RankMap& map, const std::vector<NodeId>& nodes)
    : map_(map), ranks_(map_.size()), ended_(map_.size(), false) {
  for (uint32_t place = 0; place < nodes.size(); ++place) {
    for (const uint32_t rank : map_.on_node(place))
      ranks_[rank] = {.rank = Rank{rank}, .node = nodes[place]};
  }
}

std::optional<RankOutcomes::Failure> RankOutcomes::take(size_t place, const StageEnded& ended,
                                                        bool failed) {
  const auto here = map_.on_node(static_cast<uint32_t>(place));
  std::optional<Failure> first;
  for (const auto& end : ended.ranks) {
    const uint64_t last = std::min<uint64_t>(uint64_t{end.first.value} + end.count, here.size());
    for (uint64_t local = end.first.value; local < last; ++local) {
      const uint32_t rank = here[local];
      if (ended_[rank]) continue;
      ended_[rank] = true;
      RankOutcome& outcome = ranks_[rank];
      outcome.pid = end.pid;
      outcome.status = end.status;
      outcome.started = end.error.empty();
      outcome.stopped = end.stopped || (failed && !end.status.ok());
      if (end.status.ok() || outcome.stopped || first) continue;
      outcome.first = true;
      first = Failure{.rank = Rank{rank}, .error = end.error};
    }
  }
  return first;
}

void RankOutcomes::lose(size_t place, bool decides, bool stopped) {
  for (const uint32_t rank : map_.on_node(static_cast<uint32_t>(place))) {
    if (ended_[rank]) continue;
    ended_[rank] = true;
    ranks_[rank].lost = true;
    ranks_[rank].stopped = stopped;
    ranks_[rank].first = std::exchange(decides, false);
  }
}

}  // namespace skyrun
