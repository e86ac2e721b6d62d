// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/observers.h"

namespace skyrun {

bool Observers::hear(JobId job, const Message& message) {
  if (const auto* ended = std::get_if<JobEnded>(&message)) {
    outcomes_.emplace_back(job, *ended);
    if (outcomes_.size() > kMaxOutcomes) outcomes_.pop_front();
  }
  return client_;
}

std::optional<JobEnded> Observers::outcome_of(JobId job) const {
  for (const auto& [id, ended] : outcomes_) {
    if (id == job) return ended;
  }
  return std::nullopt;
}

}  // namespace skyrun
