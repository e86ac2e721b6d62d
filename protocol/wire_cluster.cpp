// SPDX-License-Identifier: Apache-2.0
//
// The messages of cluster.h.
#include "protocol/wire_messages.h"

namespace skyrun::wire {

void put(const Bootstrap& m, pb::Message& out) {
  auto* w = out.mutable_bootstrap();
  put(m.self, w->mutable_self());
  put(m.launch, w->mutable_launch());
  w->set_tree_size(m.tree_size);
  for (const auto& node : m.subtree) put(node, w->add_subtree());
}

Bootstrap get(const pb::Bootstrap& w, Checks& checks) {
  checks.require(w.tree_size() >= 1 && w.tree_size() < kMaxNodes,
                 "the tree's size is out of range");
  return {.self = get(w.self(), checks),
          .launch = get(w.launch(), checks),
          .tree_size = w.tree_size(),
          .subtree = nodes(w.subtree(), checks)};
}

void put(const Enlist& m, pb::Message& out) {
  out.mutable_enlist()->set_self(m.self.value);
}

Enlist get(const pb::Enlist& w, Checks& checks) {
  return {.self = node(w.self(), checks)};
}

void put(const Hello& m, pb::Message& out) {
  auto* w = out.mutable_hello();
  w->set_node(m.node.value);
  put(m.facts, w->mutable_facts());
  w->set_machine(m.machine);
}

Hello get(const pb::Hello& w, Checks& checks) {
  return {.node = node(w.node(), checks), .facts = get(w.facts(), checks), .machine = w.machine()};
}

void put(const StartFailed& m, pb::Message& out) {
  auto* w = out.mutable_start_failed();
  w->set_node(m.node.value);
  w->set_by(m.by.value);
  w->set_refused(m.refused);
  w->set_phase(static_cast<uint32_t>(m.phase));
  w->set_why(text(m.why));
  w->set_advice(text(m.advice));
}

StartFailed get(const pb::StartFailed& w, Checks& checks) {
  checks.require(w.phase() <= static_cast<uint32_t>(StartPhase::greeting),
                 "an unknown start phase");
  return {.node = node(w.node(), checks),
          .by = w.by() == kClient.value ? kClient : node(w.by(), checks),
          .refused = w.refused(),
          .phase = static_cast<StartPhase>(w.phase()),
          .why = text(w.why()),
          .advice = text(w.advice())};
}

void put(const NodeLost& m, pb::Message& out) {
  auto* w = out.mutable_node_lost();
  w->set_node(m.node.value);
  w->set_why(text(m.why));
}

NodeLost get(const pb::NodeLost& w, Checks& checks) {
  return {.node = node(w.node(), checks), .why = text(w.why())};
}

void put(const Adopt& m, pb::Message& out) {
  auto* w = out.mutable_adopt();
  for (const NodeId node : m.nodes) w->add_nodes(node.value);
  w->set_why(text(m.why));
}

Adopt get(const pb::Adopt& w, Checks& checks) {
  Adopt m{.why = text(w.why())};
  for (const uint32_t node : w.nodes()) m.nodes.push_back(wire::node(node, checks));
  return m;
}

void put(const Convene& m, pb::Message& out) {
  auto* w = out.mutable_convene();
  w->set_job(m.job.value);
  for (const auto& run : m.nodes) {
    auto* each = w->add_nodes();
    each->set_first(run.first.value);
    each->set_count(run.count);
  }
}

Convene get(const pb::Convene& w, Checks& checks) {
  checks.require(w.job() != kNoJob.value, "a job without a number");
  Convene m{.job = JobId{w.job()}};
  uint64_t nodes = 0;
  for (const auto& run : w.nodes()) {
    m.nodes.push_back({.first = node(run.first(), checks), .count = run.count()});
    nodes += run.count();
    checks.require(run.count() >= 1, "a run without nodes");
    checks.require(uint64_t{run.first()} + run.count() <= kMaxNodes, "a node is out of range");
  }
  checks.require(nodes >= 1 && nodes <= kMaxNodes, "the number of nodes is out of range");
  return m;
}

void put(const GoHome&, pb::Message& out) {
  out.mutable_go_home();
}

GoHome get(const pb::GoHome&, Checks&) {
  return {};
}

}  // namespace skyrun::wire
