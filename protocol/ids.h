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

/// Number of a job in its cluster, as the head gives it: 1, 2, … It is not the number that people
/// know it by (JobSpec::id).
struct JobId {
  uint32_t value = 0;
  friend bool operator==(const JobId&, const JobId&) = default;
  friend bool operator<(const JobId& a, const JobId& b) { return a.value < b.value; }
};

/// What is said of no job, but of the cluster.
constexpr JobId kNoJob{0};

/// The first that a head gives.
constexpr JobId kFirstJob{1};

/// Number of a process in its job: 0..ranks-1.
struct Rank {
  uint32_t value = 0;
  friend bool operator==(const Rank&, const Rank&) = default;
  friend bool operator<(const Rank& a, const Rank& b) { return a.value < b.value; }
};

/// Number of a process among those of its job on its node.
struct LocalRank {
  uint32_t value = 0;
  friend bool operator==(const LocalRank&, const LocalRank&) = default;
  friend bool operator<(const LocalRank& a, const LocalRank& b) { return a.value < b.value; }
};

/// The client, where a node is named that says or does something. It is none of the nodes.
constexpr NodeId kClient{0xFFFFFFFF};

/// Names longer than any this program makes are refused where they come in.
constexpr uint32_t kMaxNodes = 1U << 18U;

}  // namespace skyrun
