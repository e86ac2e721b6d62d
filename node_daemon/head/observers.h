// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "protocol/message.h"

namespace skyrun {

/// Who watches which job, and what is left to be seen of jobs that have ended. The client watches
/// every job as long as it is there; no job needs anybody.
class Observers {
 public:
  /// Of the last jobs that have ended so much is kept.
  static constexpr size_t kMaxOutcomes = 64;

  /// Is what a job says of interest to anybody now? An outcome is kept in any case.
  bool hear(JobId job, const Message& message);

  bool has_client() const { return client_; }
  void lose_client() { client_ = false; }

  /// How a job ended; nothing: it has not, or too many have ended since.
  std::optional<JobEnded> outcome_of(JobId job) const;

 private:
  bool client_ = true;
  std::deque<std::pair<JobId, JobEnded>> outcomes_;  // the oldest first
};

}  // namespace skyrun
