// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/sync_progress.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace skyrun {

void SyncProgress::on_sent(uint64_t bytes) {
  sent_ += bytes;
  complete_ = complete_ || bytes == 0;
}

/// A node never gives back what it has taken, and cannot have taken what was not sent.
bool SyncProgress::on_taken(size_t index, uint64_t bytes) {
  Node& node = nodes_[index];
  const bool was_slowest = node.taken == taken_ && !node.settled;
  node.taken = std::clamp(bytes, node.taken, std::max(node.taken, sent_));
  return was_slowest && look_for_slowest();
}

void SyncProgress::settle(size_t index) {
  nodes_[index].settled = true;
  look_for_slowest();
}

bool SyncProgress::look_for_slowest() {
  uint64_t least = std::numeric_limits<uint64_t>::max();
  for (const auto& node : nodes_) {
    if (!node.settled) least = std::min(least, node.taken);
  }
  if (least == std::numeric_limits<uint64_t>::max()) least = sent_;
  return std::exchange(taken_, least) != least;
}

std::vector<size_t> SyncProgress::waiting() const {
  std::vector<size_t> found;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (!nodes_[i].settled) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(),
                   [this](size_t a, size_t b) { return nodes_[a].taken < nodes_[b].taken; });
  return found;
}

std::vector<size_t> SyncProgress::slowest() const {
  std::vector<size_t> found;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (!nodes_[i].settled && nodes_[i].taken == taken_) found.push_back(i);
  }
  return found;
}

}  // namespace skyrun
