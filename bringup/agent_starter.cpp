// SPDX-License-Identifier: Apache-2.0
#include "bringup/agent_starter.h"

#include <utility>

namespace skyrun {

std::vector<std::unique_ptr<Branch>> AgentStarter::start(
    std::vector<Bootstrap> nodes, Millis deadline,
    const std::function<Branch::Events(NodeId)>& events_of) {
  std::vector<std::unique_ptr<Branch>> branches;
  for (auto& node : nodes) {
    const NodeId id = node.self.id;
    auto child = std::make_unique<Child>(loop_, reaper_, std::move(node), deadline,
                                         heeding(id, events_of(id)));
    waiting_.push_back(child.get());
    branches.push_back(std::move(child));
  }
  start_waiting();
  return branches;
}

/// Whoever has greeted or failed makes room for the next.
Branch::Events AgentStarter::heeding(NodeId id, Branch::Events events) {
  events.on_greeted = [this, id, tell = std::move(events.on_greeted)] {
    settle(id);
    if (tell) tell();
  };
  events.on_start_failed = [this, id, tell = std::move(events.on_start_failed)](StartFailed why) {
    settle(id);
    if (tell) tell(std::move(why));
  };
  return events;
}

void AgentStarter::settle(NodeId id) {
  starting_.erase(id);
  start_waiting();
}

void AgentStarter::start_waiting() {
  while (!waiting_.empty() && starting_.size() < kMaxStarting) {
    Child* child = waiting_.front();
    waiting_.pop_front();
    if (child->start()) starting_.insert(child->id());
  }
}

}  // namespace skyrun
