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

Result<NodeMachines> NodeMachines::read(const std::vector<std::string>& machines,
                                        std::vector<uint32_t> machine_of) {
  NodeMachines result;
  result.machine_of_ = std::move(machine_of);
  for (const auto& bytes : machines) {
    auto machine = bytes.empty() ? Result<Machine>(Machine()) : decode_machine(bytes);
    if (!machine) return tl::unexpected(std::move(machine.error()));
    result.machines_.push_back(std::move(*machine));
    result.known_.push_back(!bytes.empty());
  }
  return result;
}

const Machine* NodeMachines::of(size_t node) const {
  const uint32_t number = machine_of_[node];
  return known_[number] ? &machines_[number] : nullptr;
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
