// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/cluster.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skyrun {
namespace {

/// What all nodes say of themselves is kept, and goes on in part: addresses, names of GPUs.
constexpr size_t kMaxFactsBytes = size_t{7} << 20U;

size_t size_of(const NodeFacts& facts) {
  constexpr size_t kRest = 32;  // numbers, and what stands between
  size_t size = facts.hostname.size() + facts.address.size() + facts.why_no_machine.size() + kRest;
  for (const auto& uuid : facts.gpu_uuids) size += uuid.size() + 2;
  for (const auto& each : facts.addresses)
    size += each.interface.size() + each.address.size() + kRest;
  return size;
}

}  // namespace

Cluster::Cluster(std::vector<NodeSpec> nodes, Tree tree, bool may_adopt, ClusterActions& actions)
    : forest_(tree, nodes), may_adopt_(may_adopt), actions_(actions) {
  for (auto& spec : nodes) {
    nodes_.emplace_back();
    nodes_.back().spec = std::move(spec);
  }
}

std::optional<std::string> Cluster::why_gone(NodeId node) const {
  const Node& its = nodes_[node.value];
  return its.state == State::gone ? std::optional(its.why_gone) : std::nullopt;
}

void Cluster::on(const Hello& hello) {
  if (!has(hello.node)) return;
  Node& node = nodes_[hello.node.value];
  if (node.state != State::expected) return;
  node.state = State::up;
  node.facts = hello.facts;
  node.machine = place_of(hello.machine);
  facts_bytes_ += size_of(hello.facts);
  const bool too_much = facts_bytes_ > kMaxFactsBytes;
  actions_.on_up(hello.node, too_much ? fmt::format("{}: says more of itself than can be passed on",
                                                    name_of(hello.node))
                                      : "");
}

uint32_t Cluster::place_of(const std::string& machine) {
  const auto found = std::find(machines_.begin(), machines_.end(), machine);
  const auto place = static_cast<uint32_t>(found - machines_.begin());
  if (found == machines_.end()) {
    machines_.push_back(machine);
    facts_bytes_ += machine.size();
  }
  return place;
}

void Cluster::on(const StartFailed& failed) {
  if (!has(failed.node) || why_gone(failed.node) || adopt(failed)) return;
  const bool is_client = failed.by == kClient || spec(failed.by).local;
  const std::string from = is_client ? "" : name_of(failed.by);
  actions_.on_gone(
      depart(failed.node, fmt::format("{}: {}", name_of(failed.node), to_text(failed, from))));
}

/// Where a parent is refused by a child's host, the client may not be: it holds the person's keys.
bool Cluster::adopt(const StartFailed& failed) {
  // The client's own machine has the client's keys.
  const bool as_client = failed.by != kClient && spec(failed.by).local;
  if (!may_adopt_ || !failed.refused || failed.by == kClient || as_client) return false;
  if (!actions_.is_awaited(failed.node)) return false;
  Adopt request{.why = fmt::format("{} cannot start {}: {}", name_of(failed.by),
                                   name_of(failed.node), failed.why)};
  for (uint32_t i = 0; i < size(); ++i) {
    if (forest_.hangs_below(NodeId{i}, failed.node)) request.nodes.push_back(NodeId{i});
  }
  for (const NodeId id : request.nodes) forest_.cut(id);
  actions_.ask_client(request);
  return true;
}

void Cluster::on(const NodeLost& lost) {
  if (!has(lost.node) || why_gone(lost.node)) return;
  auto departure =
      depart(lost.node, fmt::format("{}: node lost: {}", name_of(lost.node), lost.why));
  departure.lost = true;
  actions_.on_gone(departure);
}

/// The node is gone, and with it what hangs below it.
Departure Cluster::depart(NodeId cause, std::string error) {
  Departure departure{.cause = cause, .error = std::move(error)};
  for (uint32_t i = cause.value; i < size(); ++i) {
    Node& node = nodes_[i];
    if (node.state == State::gone || !forest_.hangs_below(NodeId{i}, cause)) continue;
    node.state = State::gone;
    node.why_gone = departure.error;
    departure.nodes.push_back(NodeId{i});
  }
  return departure;
}

std::vector<NodeId> Cluster::lose_client() {
  std::vector<NodeId> lost;
  for (uint32_t i = 0; i < size(); ++i) {
    Node& node = nodes_[i];
    if (node.state == State::gone || forest_.hangs_below(NodeId{i}, kHead)) continue;
    node.state = State::gone;
    node.why_gone = fmt::format("{}: the client is gone, which started it", node.spec.host);
    lost.push_back(NodeId{i});
  }
  may_adopt_ = false;
  return lost;
}

}  // namespace skyrun
