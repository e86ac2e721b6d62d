// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_plan.h"

#include <fmt/format.h>

#include "core/directory.h"

namespace skyrun {
namespace {

constexpr uint32_t kMaxEmbedded = 1024;

/// The address of a job's first node when it is this machine: the others will reach it as they are
/// reached from here.
std::string own_address_for(const Host& first, const Host* second, const OwnNames& own) {
  const std::string& name = first.name;
  if (own.has_address(name) && name.rfind("127.", 0) != 0 && name != "::1") return name;
  return second != nullptr ? own_address_towards(second->name).value_or("") : "";
}

}  // namespace

Result<NodePlan> plan_hosts(const std::vector<Host>& hosts, NodeShare share, const OwnNames& own) {
  if (hosts.size() < size_t{share.skip} + share.count) {
    return failure(
        fmt::format("the task asks for {} node{}, the host list has {}{}", share.count,
                    share.count == 1 ? "" : "s", hosts.size(),
                    share.skip > 0 ? fmt::format(", of which {} are taken", share.skip) : ""));
  }
  NodePlan plan;
  for (uint32_t i = 0; i < share.count; ++i) {
    const Host& host = hosts[share.skip + i];
    plan.nodes.push_back({.id = NodeId{i},
                          .host = host.name,
                          .user = host.user,
                          .port = host.port,
                          .identity_file = host.identity_file});
  }
  const Host& first = hosts[share.skip];
  if (is_this_machine(first, own)) {
    plan.nodes[0].local = true;
    plan.nodes[0].address = own_address_for(first, share.count > 1 ? &first + 1 : nullptr, own);
  }
  return plan;
}

std::string embedded_address(uint32_t node) {
  const uint32_t number = node + 1;
  return fmt::format("127.{}.{}.{}", number >> 16U & 255U, number >> 8U & 255U, number & 255U);
}

Result<NodePlan> plan_embedded(NodeShare share, const std::string& home) {
  if (share.skip + share.count > kMaxEmbedded) {
    return failure(fmt::format("{} nodes on this machine are too many, at most {}",
                               share.skip + share.count, kMaxEmbedded));
  }
  NodePlan plan{.embedded = true};
  for (uint32_t i = 0; i < share.count; ++i) {
    const uint32_t number = share.skip + i;
    plan.nodes.push_back({.id = NodeId{i},
                          .host = fmt::format("node{}", number),
                          .local = true,
                          .home = fmt::format("{}/.skyrun/local/node{}", home, number),
                          .address = embedded_address(number)});
  }
  return plan;
}

Result<void> make_homes(const std::vector<NodeSpec>& nodes) {
  for (const auto& node : nodes) {
    if (node.home.empty()) continue;
    if (auto made = make_directories(node.home, 0700); !made) return made;
  }
  return {};
}

}  // namespace skyrun
