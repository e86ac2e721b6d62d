// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace skyrun {

/// Number of a node in its cluster: 0..N-1, the head is 0. In a YAML task it is the rank too.
struct NodeId {
  uint32_t value = 0;
  friend bool operator==(const NodeId&, const NodeId&) = default;
  friend bool operator<(const NodeId& a, const NodeId& b) { return a.value < b.value; }
};

constexpr NodeId kHead{0};

/// The client, where a node is named that says or does something. It is none of the nodes.
constexpr NodeId kClient{0xFFFFFFFF};

/// Names longer than any this program makes are refused where they come in.
constexpr uint32_t kMaxNodes = 1U << 18U;

}  // namespace skyrun
