// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/introduction.h"

#include <fmt/format.h>

#include "core/text.h"
#include "node_daemon/head/node_addresses.h"

namespace skyrun {
namespace {

std::string without_address(const NodeSpec& node, const NodeFacts& facts) {
  std::vector<std::string> has;
  for (const auto& each : facts.addresses) has.push_back(each.interface + " " + each.address);
  return fmt::format("{}: no address of the interface that --interface names; it has {}", node.host,
                     has.empty() ? "none" : join(has, ", "));
}

/// Nodes that are one machine share its files and its cores, which the person may not have meant.
std::vector<Notice> name_twins(const std::vector<NodeSpec>& nodes,
                               const std::vector<NodeFacts>& facts) {
  std::vector<Notice> notices;
  const auto first = first_of_machine(facts);
  for (size_t i = 0; i < first.size(); ++i) {
    if (first[i] == i || !nodes[i].home.empty()) continue;
    notices.push_back({.node = nodes[i].id,
                       .text = fmt::format("the same machine as {} ({})", nodes[first[i]].host,
                                           facts[i].hostname)});
  }
  return notices;
}

}  // namespace

Introduction introduce(const std::vector<NodeSpec>& nodes, const std::vector<NodeFacts>& facts) {
  Introduction made;
  std::vector<bool> fixed;
  for (size_t i = 0; i < nodes.size(); ++i) {
    fixed.push_back(!nodes[i].home.empty());
    if (facts[i].address.empty()) made.errors.push_back(without_address(nodes[i], facts[i]));
  }
  if (!made.errors.empty()) return made;
  made.addresses = choose_addresses(facts, fixed);
  made.notices = name_twins(nodes, facts);
  return made;
}

}  // namespace skyrun
