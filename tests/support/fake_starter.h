// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "bringup/starter.h"

namespace skyrun {

/// What became of a daemon of a FakeStarter.
struct FakeDaemon {
  Bootstrap bootstrap;
  Branch::Events events;
  bool linked = false;
  bool closed = false;
  pid_t pid = 0;
  std::vector<Frame> sent;

  void greet() {
    linked = true;
    events.on_greeted();
  }
  /// Its process ends.
  void go() {
    pid = 0;
    events.on_gone();
  }
};

/// Writes down what it is to start; nothing runs. Killed ones stay until the test lets them go.
struct FakeStarter : Starter {
  /// By number; kept when Branches has ended.
  using Daemons = std::map<uint32_t, FakeDaemon>;

  struct FakeBranch : Branch {
    FakeDaemon& daemon;
    std::vector<NodeId>& killed;
    FakeBranch(FakeDaemon& its, std::vector<NodeId>& list) : daemon(its), killed(list) {}
    NodeId id() const override { return daemon.bootstrap.self.id; }
    bool linked() const override { return daemon.linked && !daemon.closed; }
    bool up() const override { return linked(); }
    pid_t pid() const override { return daemon.pid; }
    void send(Frame frame, Receipt /*ends*/) override { daemon.sent.push_back(std::move(frame)); }
    void close() override { daemon.closed = true; }
    void kill() override { killed.push_back(id()); }
  };

  Daemons& daemons;
  std::vector<NodeId>& killed;
  FakeStarter(Daemons& all, std::vector<NodeId>& list) : daemons(all), killed(list) {}

  std::vector<std::unique_ptr<Branch>> start(
      std::vector<Bootstrap> nodes, Millis /*deadline*/,
      const std::function<Branch::Events(NodeId)>& events_of) override {
    std::vector<std::unique_ptr<Branch>> branches;
    for (auto& node : nodes) {
      const NodeId id = node.self.id;
      auto& daemon = daemons[id.value];
      daemon.bootstrap = std::move(node);
      daemon.events = events_of(id);
      daemon.pid = static_cast<pid_t>(1000 + id.value);
      branches.push_back(std::make_unique<FakeBranch>(daemon, killed));
    }
    return branches;
  }
};

}  // namespace skyrun
