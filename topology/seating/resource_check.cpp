// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/resource_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/number_text.h"
#include "core/text.h"
#include "topology/accelerator_names.h"

namespace skyrun {
namespace {

constexpr double kGib = 1024.0 * 1024 * 1024;
constexpr double kMemoryShown = 0.9;  // of what is asked for
constexpr size_t kCandidatesShown = 3;
constexpr size_t kNodesShown = 16;

/// A field that is checked: whether it is asked for, enough, and in words, what is asked and had.
struct Item {
  bool enough = true;
  std::string asked;
  std::string had;
};

Item accelerator_item(const ResourceWish& one, const NodeHas& node) {
  Item item{.asked = accelerator_text(one)};
  std::vector<std::string> kinds;
  uint32_t matching = 0;
  for (const auto& kind : node.accelerators.value_or(std::vector<AcceleratorCount>())) {
    kinds.push_back(fmt::format("{} x {}", kind.count, kind.name));
    if (same_accelerator(one.accelerator, kind.name)) matching += kind.count;
  }
  item.had = kinds.empty() ? "no accelerators" : join(kinds, " and ");
  item.enough = !node.accelerators || matching >= one.num_gpus();
  return item;
}

Item cpu_item(double asked, const NodeHas& node) {
  return {.enough = node.cpus >= asked,
          .asked = fmt::format("{} CPUs", number_text(asked)),
          .had = fmt::format("{} CPUs", node.cpus)};
}

Item memory_item(double asked, const NodeHas& node) {
  const double had = static_cast<double>(node.memory_bytes) / kGib;
  return {.enough = had >= asked * kMemoryShown,
          .asked = fmt::format("{} GiB of memory", number_text(asked)),
          .had = fmt::format("{:.1f} GiB of memory", had)};
}

std::vector<Item> items_of(const ResourceWish& one, const NodeHas& node) {
  std::vector<Item> items;
  if (one.needs_devices()) items.push_back(accelerator_item(one, node));
  if (one.cpus > 0) items.push_back(cpu_item(one.cpus, node));
  if (one.memory_gib > 0) items.push_back(memory_item(one.memory_gib, node));
  return items;
}

bool is_enough(const ResourceWish& one, const NodeHas& node) {
  const auto items = items_of(one, node);
  return std::all_of(items.begin(), items.end(), [](const Item& item) { return item.enough; });
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// "asks for A100:8 and 64 CPUs, or H100:8, has 4 x A100-80GB and 16 CPUs"; what is short only.
std::string shortage(const ResourceWishes& wishes, const NodeHas& node) {
  std::vector<std::string> wanted;
  std::vector<std::string> had;
  size_t more = 0;
  for (const auto& one : wishes.candidates) {
    std::vector<std::string> asked;
    for (const auto& item : items_of(one, node)) {
      if (item.enough) continue;
      asked.push_back(item.asked);
      add_once(had, item.had);
    }
    if (asked.empty()) continue;
    if (wanted.size() < kCandidatesShown) {
      wanted.push_back(join(asked, " and "));
    } else {
      ++more;
    }
  }
  const std::string others = more > 0 ? fmt::format(", or {} others", more) : "";
  return fmt::format("asks for {}{}, has {}", join(wanted, ", or "), others, join(had, " and "));
}

std::vector<std::string> shortages(const ResourceWishes& wishes,
                                   const std::vector<std::string>& names,
                                   const std::vector<NodeHas>& nodes) {
  std::vector<std::string> lines;
  size_t more = 0;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const bool all_fit =
        std::all_of(wishes.candidates.begin(), wishes.candidates.end(),
                    [&each = nodes[i]](const ResourceWish& one) { return is_enough(one, each); });
    if (all_fit) continue;
    if (lines.size() == kNodesShown) {
      ++more;
    } else {
      lines.push_back(names[i] + ": " + shortage(wishes, nodes[i]));
    }
  }
  if (more > 0) lines.push_back(fmt::format("and {} more nodes fall short", more));
  return lines;
}

std::vector<AcceleratorCount> count_accelerators(const Machine& machine) {
  std::vector<AcceleratorCount> counts;
  for (const Gpu& gpu : machine.gpus) {
    const auto kind = std::ranges::find(counts, gpu.name, &AcceleratorCount::name);
    if (kind == counts.end()) {
      counts.push_back({.name = gpu.name, .count = 1});
    } else {
      ++kind->count;
    }
  }
  return counts;
}

}  // namespace

std::vector<NodeHas> what_nodes_have(const std::vector<NodeFacts>& facts,
                                     const NodeMachines& machines) {
  std::vector<NodeHas> nodes;
  nodes.reserve(facts.size());
  for (size_t i = 0; i < facts.size(); ++i) {
    nodes.push_back({.cpus = facts[i].cpus, .memory_bytes = facts[i].memory_bytes});
    if (const auto* machine = machines.of(i)) nodes[i].accelerators = count_accelerators(*machine);
  }
  return nodes;
}

std::string accelerator_text(const ResourceWish& wish) {
  return fmt::format("{}:{}", wish.accelerator, number_text(wish.accelerators));
}

ResourceVerdict check_resources(const ResourceWishes& wishes, const std::vector<std::string>& names,
                                const std::vector<NodeHas>& nodes) {
  ResourceVerdict verdict;
  for (size_t i = 0; i < wishes.candidates.size() && !verdict.chosen; ++i) {
    const auto fits = [&one = wishes.candidates[i]](const NodeHas& each) {
      return is_enough(one, each);
    };
    if (std::all_of(nodes.begin(), nodes.end(), fits)) verdict.chosen = i;
  }
  if (!verdict.chosen) verdict.shortages = shortages(wishes, names, nodes);
  verdict.accelerators_unknown =
      wishes.needs_devices() && std::any_of(nodes.begin(), nodes.end(),
                                            [](const NodeHas& each) { return !each.accelerators; });
  return verdict;
}

}  // namespace skyrun
