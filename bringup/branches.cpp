// SPDX-License-Identifier: Apache-2.0
#include "bringup/branches.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace skyrun {

Branches::Branches(EventLoop& loop, std::unique_ptr<Starter> starter, Events events)
    : starter_(std::move(starter)),
      events_(std::move(events)),
      all_gone_(loop, [this] { events_.on_all_gone(); }),
      patience_(loop, [this] {
        for (auto& child : children_) child->kill();
      }) {}

void Branches::start(std::vector<Bootstrap> nodes, Millis deadline) {
  if (ending_) return;
  auto started =
      starter_->start(std::move(nodes), deadline, [this](NodeId id) { return events_of(id); });
  std::move(started.begin(), started.end(), std::back_inserter(children_));
}

Branch::Events Branches::events_of(NodeId id) {
  return {.on_frame =
              [this, id](Frame frame, Receipt receipt) {
                events_.on_frame(id, std::move(frame), std::move(receipt));
              },
          .on_greeted = [] {},
          .on_start_failed =
              [this](StartFailed failed) {
                if (!ending_) events_.on_start_failed(std::move(failed));
              },
          .on_lost =
              [this, id](std::string why) {
                if (!ending_) events_.on_lost(id, std::move(why));
              },
          .on_gone = [this] { report_when_all_gone(); }};
}

Branch* Branches::find(NodeId id) const {
  for (const auto& child : children_) {
    if (child->id() == id) return child.get();
  }
  return nullptr;
}

bool Branches::up(NodeId id) const {
  const Branch* child = find(id);
  return child != nullptr && child->up();
}

void Branches::send(NodeId id, Frame frame, Receipt receipt) {
  Branch* child = find(id);
  if (child != nullptr) child->send(std::move(frame), std::move(receipt));
}

std::vector<pid_t> Branches::pids() const {
  std::vector<pid_t> pids;
  for (const auto& child : children_) {
    if (!child->gone()) pids.push_back(child->pid());
  }
  return pids;
}

void Branches::drop(NodeId id) {
  Branch* child = find(id);
  if (child == nullptr) return;
  child->close();
  child->kill();
}

void Branches::close(Millis patience) {
  for (auto& child : children_) child->close();
  await_end(patience);
}

void Branches::await_end(Millis patience) {
  ending_ = true;
  for (auto& child : children_) {
    if (child->linked()) continue;
    child->close();
    child->kill();
  }
  patience_.start(patience);
  report_when_all_gone();
}

void Branches::report_when_all_gone() {
  const bool all = std::all_of(children_.begin(), children_.end(),
                               [](const auto& child) { return child->gone(); });
  if (!ending_ || !all || std::exchange(reported_, true)) return;
  patience_.stop();
  all_gone_.request();
}

}  // namespace skyrun
