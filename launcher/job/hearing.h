// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bringup/start_forest.h"
#include "core/result.h"
#include "launcher/options.h"
#include "protocol/rules.h"

namespace skyrun {

/// What the client believes of what comes by a link to one of its daemons: what its sender may say
/// (protocol/authority.h), and of that what can be so, as the client knows its own job. Pure.
///
/// Every error says what the sender or speaker did, as "it sent Inventory, which nobody asked for".
class Hearing {
 public:
  /// `job` and `forest` are as they are at the time of each call, and outlive this.
  Hearing(const JobSpec& job, size_t nodes, LaunchMode mode, const StartForest& forest);

  /// May the daemon `from` send a frame with this envelope?
  Result<void> check_passage_from(NodeId from, const Frame& frame) const;

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
  bool inventory_is_due_;  // the head shall show us the nodes, once
  bool sync_is_due_;       // the head shall ask for the files, once
};

}  // namespace skyrun
