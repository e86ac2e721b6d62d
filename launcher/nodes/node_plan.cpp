// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_plan.h"

#include <fmt/format.h>

#include "core/directory.h"

namespace skyrun {
namespace {

constexpr uint32_t kMaxEmbedded = 1024;

/// The address of the first node when it is this machine: the others will reach it as they are
/// reached from here.
std::string own_address_for(const std::vector<Host>& hosts, const OwnNames& own) {
  const std::string& name = hosts[0].name;
  if (own.has_address(name) && name.rfind("127.", 0) != 0 && name != "::1") return name;
  if (hosts.size() < 2) return {};
  return own_address_towards(hosts[1].name).value_or("");
}

}  // namespace

Result<NodePlan> plan_hosts(const std::vector<Host>& hosts, uint32_t count, const OwnNames& own) {
  if (hosts.size() < count) {
    return failure(
        fmt::format("the task asks for {} nodes, the host list has {}", count, hosts.size()));
  }
  NodePlan plan;
  for (uint32_t i = 0; i < count; ++i) {
    const Host& host = hosts[i];
    plan.nodes.push_back(
        {.id = NodeId{i}, .host = host.name, .user = host.user, .port = host.port});
  }
  if (is_this_machine(hosts[0], own)) {
    plan.nodes[0].local = true;
    plan.nodes[0].address = own_address_for(hosts, own);
  }
  if (hosts.size() > count) {
    plan.notices.push_back(
        fmt::format("using {} of {} hosts, as num_nodes says", count, hosts.size()));
  }
  return plan;
}

std::string embedded_address(uint32_t node) {
  const uint32_t number = node + 1;
  return fmt::format("127.{}.{}.{}", number >> 16U & 255U, number >> 8U & 255U, number & 255U);
}

Result<NodePlan> plan_embedded(uint32_t count, const std::string& home) {
  if (count > kMaxEmbedded) {
    return failure(
        fmt::format("{} nodes on this machine are too many, at most {}", count, kMaxEmbedded));
  }
  NodePlan plan{.embedded = true};
  for (uint32_t i = 0; i < count; ++i) {
    const std::string node_home = fmt::format("{}/.skyrun/local/node{}", home, i);
    auto made = make_directories(node_home, 0700);
    if (!made) return tl::unexpected(std::move(made.error()));
    plan.nodes.push_back({.id = NodeId{i},
                          .host = fmt::format("node{}", i),
                          .local = true,
                          .home = node_home,
                          .address = embedded_address(i)});
  }
  return plan;
}

}  // namespace skyrun
