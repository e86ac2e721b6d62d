// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace skyrun {
namespace {

constexpr uint32_t kMaxEmbedded = 1024;

/// What is known of an own node's address: the others reach it by, or see it come from.
std::string address_in(const std::string& name, const OwnNames& own) {
  const auto& all = own.addresses;
  const bool ours = std::find(all.begin(), all.end(), name) != all.end();
  return ours && !OwnNames{}.has_address(name) ? name : "";
}

/// The first one is looked up: it is started from here in any case.
void claim_own(NodeSpec& node, Host host, const SshHost& seen, const OwnNames& own) {
  if (!seen.name.empty()) host.name = seen.name;
  const bool is_ours = own.has(host.name);
  const bool is_head = node.id == kHead;
  const bool by_ssh = seen.asks_for_ssh || !host.user.empty() || host.port != 0;
  node.local = !by_ssh && (is_head ? is_this_machine(host, own) : is_ours);
  node.by_client = (is_ours || seen.only_from_here) && !is_head;
  if (node.local) node.address = address_in(host.name, own);
}

}  // namespace

Result<std::vector<Host>> share_of(const std::vector<Host>& hosts, NodeShare share) {
  if (hosts.size() < size_t{share.skip} + share.count) {
    return failure(fmt::format(
        "the task asks for {} node{}, the host list has {}{}; name more hosts, or lower "
        "num_nodes (--num-nodes)",
        share.count, share.count == 1 ? "" : "s", hosts.size(),
        share.skip > 0 ? fmt::format(", of which {} are taken", share.skip) : ""));
  }
  const auto first = hosts.begin() + share.skip;
  return std::vector<Host>(first, first + share.count);
}

Result<NodePlan> plan_hosts(const std::vector<Host>& hosts, NodeShare share, const OwnNames& own,
                            const std::vector<SshHost>& seen) {
  const auto chosen = share_of(hosts, share);
  if (!chosen) return tl::unexpected(chosen.error());
  NodePlan plan;
  for (uint32_t i = 0; i < share.count; ++i) {
    const Host& host = (*chosen)[i];
    const SshHost& known = i < seen.size() ? seen[i] : SshHost{};
    plan.nodes.push_back({.id = NodeId{i},
                          .host = host.name,
                          .user = host.user,
                          .port = host.port,
                          .identity_file = host.identity_file,
                          .slots = static_cast<uint32_t>(host.slots),
                          .ssh_options = known.options});
    claim_own(plan.nodes.back(), host, known, own);
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

}  // namespace skyrun
