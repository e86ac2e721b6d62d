// SPDX-License-Identifier: Apache-2.0
//
// What became of the ranks of a job's apps, as its head hears of them: node by node, equal ends
// folded. What has been decided of a rank stays so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/job.h"
#include "protocol/observer.h"

namespace skyrun {

class RankOutcomes {
 public:
  RankOutcomes() = default;
  /// `nodes` are the job's, in their order: place i has the ranks of the map's node i.
  RankOutcomes(const RankMap& map, const std::vector<NodeId>& nodes);

  /// The first rank that failed by itself.
  struct Failure {
    Rank rank;
    std::string error;  ///< why it was not started; empty: it was
  };

  /// Of the node at that place. `failed`: the job has failed before, so that who fails now was
  /// stopped for it.
  std::optional<Failure> take(size_t place, const StageEnded& ended, bool failed);

  /// The node is gone, and with it its ranks that have not ended. The first of them is marked where
  /// that `decides` how the job ends; else they may be `stopped` because of another failure.
  void lose(size_t place, bool decides, bool stopped);

  const std::vector<RankOutcome>& all() const { return ranks_; }

 private:
  RankMap map_;
  std::vector<RankOutcome> ranks_;
  std::vector<bool> ended_;
};

}  // namespace skyrun
