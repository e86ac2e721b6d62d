// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/resource_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/text.h"
#include "launcher/task/accelerator_table.h"
#include "launcher/task/numbers.h"
#include "launcher/task/words.h"

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

/// Of the accelerators in SkyPilot's table, by their names in lower case.
const std::unordered_map<std::string, int>& memory_by_name() {
  static const auto table = [] {
    std::unordered_map<std::string, int> all;
    for (const auto& known : known_accelerators())
      all.emplace(lower_case(known.name), known.memory_gib);
    return all;
  }();
  return table;
}

/// "h100-80gb" for H100 and H100-80GB alike: a bare name means the memory in SkyPilot's table.
std::string with_memory(const std::string& name) {
  std::string lower = lower_case(name);
  const size_t dash = lower.rfind('-');
  const bool has_memory = dash != std::string::npos && lower.size() > dash + 3 &&
                          lower.compare(lower.size() - 2, 2, "gb") == 0;
  if (has_memory) return lower;
  const auto known = memory_by_name().find(lower);
  return known != memory_by_name().end() ? fmt::format("{}-{}gb", lower, known->second) : lower;
}

bool is_same_accelerator(const std::string& asked, const std::string& had) {
  return with_memory(asked) == with_memory(had);
}

bool checks_accelerator(const Resources& one) {
  return one.accelerator && !is_non_gpu_accelerator(one.accelerator->name);
}

Item accelerator_item(const Resources& one, const NodeFacts& facts) {
  const auto& asked = *one.accelerator;
  Item item{.asked = fmt::format("{}:{}", asked.name, number_text(asked.count))};
  std::vector<std::string> kinds;
  uint32_t matching = 0;
  for (const auto& kind : facts.accelerators) {
    kinds.push_back(fmt::format("{} x {}", kind.count, kind.name));
    if (is_same_accelerator(asked.name, kind.name)) matching += kind.count;
  }
  item.had = kinds.empty() ? "no accelerators" : join(kinds, " and ");
  item.enough = !facts.knows_accelerators || matching >= static_cast<uint32_t>(one.gpus_per_node());
  return item;
}

Item cpu_item(double asked, const NodeFacts& facts) {
  return {.enough = facts.cpus >= asked,
          .asked = fmt::format("{} CPUs", number_text(asked)),
          .had = fmt::format("{} CPUs", facts.cpus)};
}

Item memory_item(double asked, const NodeFacts& facts) {
  const double had = static_cast<double>(facts.memory_bytes) / kGib;
  return {.enough = had >= asked * kMemoryShown,
          .asked = fmt::format("{} GiB of memory", number_text(asked)),
          .had = fmt::format("{:.1f} GiB of memory", had)};
}

std::vector<Item> items_of(const Resources& one, const NodeFacts& facts) {
  std::vector<Item> items;
  if (checks_accelerator(one)) items.push_back(accelerator_item(one, facts));
  if (one.cpus) items.push_back(cpu_item(one.cpus->amount, facts));
  if (one.memory) items.push_back(memory_item(one.memory->amount, facts));
  return items;
}

bool is_enough(const Resources& one, const NodeFacts& facts) {
  const auto items = items_of(one, facts);
  return std::all_of(items.begin(), items.end(), [](const Item& item) { return item.enough; });
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// "asks for A100:8 and 64 CPUs, or H100:8, has 4 x A100-80GB and 16 CPUs"; what is short only.
std::string shortage(const ResourceChoice& choice, const NodeFacts& facts) {
  std::vector<std::string> wanted;
  std::vector<std::string> had;
  size_t more = 0;
  for (const auto& one : choice.candidates) {
    std::vector<std::string> asked;
    for (const auto& item : items_of(one, facts)) {
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

std::vector<std::string> shortages(const ResourceChoice& choice,
                                   const std::vector<std::string>& names,
                                   const std::vector<NodeFacts>& facts) {
  std::vector<std::string> lines;
  size_t more = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    const bool all_fit =
        std::all_of(choice.candidates.begin(), choice.candidates.end(),
                    [&each = facts[i]](const Resources& one) { return is_enough(one, each); });
    if (all_fit) continue;
    if (lines.size() == kNodesShown) {
      ++more;
    } else {
      lines.push_back(names[i] + ": " + shortage(choice, facts[i]));
    }
  }
  if (more > 0) lines.push_back(fmt::format("and {} more nodes fall short", more));
  return lines;
}

}  // namespace

bool needs_devices(const ResourceChoice& choice) {
  return std::any_of(choice.candidates.begin(), choice.candidates.end(), checks_accelerator);
}

bool needs_check(const ResourceChoice& choice) {
  return std::any_of(choice.candidates.begin(), choice.candidates.end(), [](const Resources& one) {
    return checks_accelerator(one) || one.cpus || one.memory;
  });
}

ResourceVerdict check_resources(const ResourceChoice& choice, const std::vector<std::string>& names,
                                const std::vector<NodeFacts>& facts) {
  ResourceVerdict verdict;
  for (size_t i = 0; i < choice.candidates.size() && !verdict.chosen; ++i) {
    const auto fits = [&one = choice.candidates[i]](const NodeFacts& each) {
      return is_enough(one, each);
    };
    if (std::all_of(facts.begin(), facts.end(), fits)) verdict.chosen = i;
  }
  if (!verdict.chosen) verdict.shortages = shortages(choice, names, facts);
  verdict.accelerators_unknown =
      needs_devices(choice) && std::any_of(facts.begin(), facts.end(), [](const NodeFacts& each) {
        return !each.knows_accelerators;
      });
  return verdict;
}

}  // namespace skyrun
