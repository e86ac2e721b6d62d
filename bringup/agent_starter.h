// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <set>

#include "bringup/child.h"
#include "bringup/starter.h"

namespace skyrun {

/// Starts each daemon by a launch agent of its own.
class AgentStarter : public Starter {
 public:
  AgentStarter(EventLoop& loop, Reaper& reaper) : loop_(loop), reaper_(reaper) {}

  /// How many launch agents may be connecting at once; others wait for their turn.
  static constexpr size_t kMaxStarting = 128;

  std::vector<std::unique_ptr<Branch>> start(
      std::vector<Bootstrap> nodes, Millis deadline,
      const std::function<Branch::Events(NodeId)>& events_of) override;

 private:
  Branch::Events heeding(NodeId id, Branch::Events events);
  void settle(NodeId id);
  void start_waiting();

  EventLoop& loop_;
  Reaper& reaper_;
  std::deque<Child*> waiting_;
  std::set<NodeId> starting_;
};

}  // namespace skyrun
