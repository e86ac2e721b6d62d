// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fabric/peer.h"
#include "fabric/router.h"
#include "tests/sim/fake_wire.h"

namespace skyrun {

/// A client, a head and nodes in one process: real peers and routers, over wires that are not.
class SimCluster {
 public:
  /// What comes to a program that is for it.
  using Reader = std::function<void(NodeId at, Frame frame, Receipt receipt)>;

  /// parents[i] is that of node i: kClient, or a node.
  SimCluster(VirtualTime& time, uint32_t seed, std::vector<NodeId> parents, FakeWire::Speed speed,
             Reader reader)
      : time_(time), random_(seed), speed_(speed), reader_(std::move(reader)) {
    add_program(kClient);
    for (uint32_t i = 0; i < parents.size(); ++i) add_program(NodeId{i});
    for (uint32_t i = 0; i < parents.size(); ++i) add_edge(parents[i], NodeId{i});
  }

  /// A word of the program `at` itself.
  void say(NodeId at, Frame frame) { pass_on(at, {}, std::move(frame), nullptr); }

  size_t edges() const { return edges_.size(); }

  /// Cuts the edge's wire, and gives it another one after `pause`.
  void replace(size_t edge, VirtualTime::Micros pause) {
    if (edges_[edge].cut) return;
    edges_[edge].cut = true;
    edges_[edge].wire->cut();
    time_.after(pause, [this, edge] {
      edges_[edge].cut = false;
      join(edges_[edge], true);
    });
  }

  const std::vector<std::string>& violations() const { return violations_; }

  /// What all peers remember of channels.
  size_t channels() const {
    size_t count = 0;
    for (const auto& edge : edges_) count += edge.above->channels() + edge.below->channels();
    return count;
  }

 private:
  struct Edge {
    std::unique_ptr<Peer> above, below;  // the one that the parent has, and the child's
    std::unique_ptr<FakeWire> wire;
    bool cut = false;
  };

  void add_program(NodeId node) { routers_.emplace(node, Router(node)); }

  void add_edge(NodeId parent, NodeId child) {
    routers_.at(parent).add(child);
    auto peer = [this](NodeId at, Way from) {
      return std::make_unique<Peer>(Peer::Events{
          .on_frame =
              [this, at, from](Frame frame, Receipt receipt) {
                pass_on(at, from, std::move(frame), std::move(receipt));
              },
          .on_violation = [this](std::string what) { violations_.push_back(std::move(what)); }});
    };
    Edge& edge = edges_.emplace_back();
    edge.above = peer(parent, {.kind = Way::Kind::child, .child = child});
    edge.below = peer(child, {.kind = Way::Kind::up});
    down_[child] = edge.above.get();
    up_[child] = edge.below.get();
    join(edge, false);
  }

  void join(Edge& edge, bool again) {
    edge.wire = std::make_unique<FakeWire>(time_, static_cast<uint32_t>(random_()), speed_);
    edge.wire->join(*edge.above, *edge.below, again);
  }

  void pass_on(NodeId at, const Way& from, Frame frame, Receipt receipt) {
    const Course course = routers_.at(at).course_of(frame, from);
    for (const auto& way : course.on) {
      Peer* peer = way.kind == Way::Kind::up ? up_.at(at) : down_.at(way.child);
      peer->send(frame, receipt);
    }
    if (course.here) reader_(at, std::move(frame), std::move(receipt));
  }

  VirtualTime& time_;
  std::mt19937 random_;
  FakeWire::Speed speed_;
  Reader reader_;
  std::map<NodeId, Router> routers_;
  std::vector<Edge> edges_;
  std::map<NodeId, Peer*> down_, up_;  // by child
  std::vector<std::string> violations_;
};

}  // namespace skyrun
