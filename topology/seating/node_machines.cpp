// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/node_machines.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "core/text.h"
#include "topology/machine_wire.h"

namespace skyrun {
namespace {

constexpr size_t kNodesShown = 16;

}  // namespace

Result<void> NodeMachines::learn(size_t node, const std::string& said) {
  const auto next = static_cast<uint32_t>(machines_.size());
  const auto [entry, is_new] = number_of_.try_emplace(said, next);
  machine_of_[node] = entry->second;
  if (!is_new) return {};
  auto machine = decode_machine(said);
  machines_.push_back(machine ? std::optional(std::move(*machine)) : std::nullopt);
  return machine ? Result<void>() : tl::unexpected(std::move(machine.error()));
}

const Machine* NodeMachines::of(size_t node) const {
  const auto& machine = machines_[machine_of_[node]];
  return machine ? &*machine : nullptr;
}

std::vector<std::string> machine_notices(const NodeMachines& machines,
                                         const std::vector<NodeSpec>& nodes) {
  std::vector<std::string> lines;
  std::set<std::string> told;
  for (size_t i = 0; i < machines.nodes(); ++i) {
    if (machines.of(i) == nullptr) continue;
    for (const auto& notice : machines.of(i)->notices) {
      const std::string text = printable(notice);
      if (told.insert(text).second) lines.push_back(nodes[i].host + ": " + text);
    }
  }
  return lines;
}

std::vector<std::string> unknown_machines(const NodeMachines& machines,
                                          const std::vector<NodeFacts>& facts,
                                          const std::vector<NodeSpec>& nodes,
                                          const std::string& needed_for) {
  std::vector<std::string> lines;
  size_t more = 0;
  for (size_t i = 0; i < machines.nodes(); ++i) {
    if (machines.of(i) != nullptr) continue;
    const std::string why = printable(facts[i].why_no_machine);
    if (lines.size() < kNodesShown) {
      lines.push_back(fmt::format("{}: {} must know its hardware: {}", nodes[i].host, needed_for,
                                  why.empty() ? "it did not look" : why));
    } else {
      ++more;
    }
  }
  if (more > 0) lines.push_back(fmt::format("and {} more nodes", more));
  return lines;
}

}  // namespace skyrun
