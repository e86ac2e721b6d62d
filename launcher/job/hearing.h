// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "bringup/start_forest.h"
#include "core/result.h"
#include "launcher/options.h"
#include "protocol/rules.h"

namespace skyrun {

/// What the client believes of what comes by a link to one of its daemons: what its sender may say
/// (protocol/authority.h), and of that what can be so, as the client knows its own job. Pure.
///
/// Every error says what the sender or speaker did, as "it changed the job".
class Hearing {
 public:
  /// `job` and `forest` are as they are at the time of each call, and outlive this.
  Hearing(const JobSpec& job, size_t nodes, LaunchMode mode, const StartForest& forest);

  /// May the daemon `from` send a frame with this envelope?
  Result<void> check_passage_from(NodeId from, const Frame& frame) const;

  /// What a job of a group is told of its members.
  void expect_hosts(std::string etc_hosts) { etc_hosts_ = std::move(etc_hosts); }

  /// The word of a frame that is not for the head.
  Result<ObserverWord> take(const Frame& frame);

 private:
  std::optional<NodeId> starter_of(NodeId node) const;
  Result<void> check(const ObserverWord& word);
  Result<void> check_adopt(const Adopt& request) const;

  const JobSpec& job_;
  size_t nodes_;
  LaunchMode mode_;
  const StartForest& forest_;
  std::string etc_hosts_;   // that we told the head
  bool is_placed_ = false;  // the head has said so, once
  bool sync_is_due_;        // it shall ask for the files, once
};

}  // namespace skyrun
