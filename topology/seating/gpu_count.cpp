// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/gpu_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/text.h"
#include "topology/gpu_selection.h"

namespace skyrun {
namespace {

constexpr size_t kNodesShown = 4;

std::string kinds(const JobNodes& nodes) {
  std::set<std::string> names;
  for (size_t i = 0; i < nodes.specs.size(); ++i) {
    for (const Gpu& gpu : nodes.machines.of(i)->gpus) names.insert(gpu.name);
  }
  return printable(join({names.begin(), names.end()}, ", "));
}

/// "; h3 has 8", of those that have more.
std::string richer(const JobNodes& nodes, size_t fewest) {
  std::vector<std::string> words;
  size_t more = 0;
  for (size_t i = 0; i < nodes.specs.size(); ++i) {
    const size_t has = nodes.machines.of(i)->gpus.size();
    if (has == fewest) continue;
    if (words.size() < kNodesShown) {
      words.push_back(fmt::format("{} has {}", nodes.specs[i].host, has));
    } else {
      ++more;
    }
  }
  if (more > 0) words.push_back(fmt::format("{} more nodes have more", more));
  return words.empty() ? "" : "; " + join(words, ", ");
}

}  // namespace

GpuCount count_gpus(const JobNodes& nodes) {
  size_t fewest = SIZE_MAX;
  for (size_t i = 0; i < nodes.specs.size(); ++i) {
    fewest = std::min(fewest, nodes.machines.of(i)->gpus.size());
  }
  const uint32_t sharing = nodes_per_machine(nodes.specs);
  const size_t share = std::max(fewest / sharing, std::min<size_t>(fewest, 1));
  GpuCount count{.per_node = static_cast<uint32_t>(share)};
  const std::string names = kinds(nodes);
  count.words =
      fmt::format("{} GPU{} on every node{}{}", count.per_node, count.per_node == 1 ? "" : "s",
                  names.empty() ? "" : " (" + names + ")", richer(nodes, fewest));
  return count;
}

bool has_mig(const std::vector<NodeFacts>& facts) {
  return std::ranges::any_of(
      facts, [](const NodeFacts& node) { return std::ranges::any_of(node.gpu_uuids, is_mig); });
}

}  // namespace skyrun
