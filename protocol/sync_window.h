// SPDX-License-Identifier: Apache-2.0
//
// The stream of files is bounded from end to end: the client sends no more than a window ahead of
// the slowest node, and every node says how much it has taken. So nobody on the way ever has to
// stop reading, and what travels beside the files (a Ctrl-C, the loss of a link) is never held up
// by a node that is stuck.
#pragma once

#include <algorithm>
#include <cstdint>

namespace skyrun {

/// A node says so each time it has taken this much more.
constexpr uint64_t kSyncStep = uint64_t{256} << 10U;

/// How far the client may be ahead. A node of the tree keeps up to this much for each of its
/// children, so the more children the less.
constexpr uint64_t sync_window(uint32_t arity) {
  constexpr uint64_t kPerNode = uint64_t{64} << 20U;
  return std::clamp<uint64_t>(kPerNode / std::max(arity, 1U), 8 * kSyncStep, 32 * kSyncStep);
}

}  // namespace skyrun
