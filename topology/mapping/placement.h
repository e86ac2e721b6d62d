// SPDX-License-Identifier: Apache-2.0
//
// Where every rank of a job sits: pure arithmetic on what the nodes consist of and what was asked.
// The same input gives the same output, on every node.
//
// In four steps, a file each: what was not said gets its default (defaults.h); the ranks are
// divided over the nodes (distribution.h); each node seats its own (seats.h, gpu_seats.h), which is
// done once for nodes that are equal; and the seats are numbered (ranking.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "topology/mapping/policy.h"

namespace skyrun {

/// A node that ranks may be placed on.
struct NodeOffer {
  std::string name;
  /// Borrowed. Nodes that are equal should share one: what is worked out for one is used for all.
  const Machine* machine = nullptr;
  uint32_t slots = 1;
  std::optional<uint32_t> max_slots;  ///< of the hostfile: not even oversubscribing exceeds it
  bool is_local = false;              ///< the launcher runs here
};

/// What a rank has of its node.
struct Seat {
  std::optional<uint32_t> domain;  ///< logical number of the object it was mapped to
  CpuSet cpus;                     ///< what it is bound to; empty: not bound
  std::optional<uint32_t> numa;    ///< whose memory it prefers (P#)
  std::vector<uint32_t> gpus;      ///< places in Machine::gpus
  bool is_remote = false;          ///< no CPU near its GPU is ours
  bool is_shared = false;          ///< others sit on the same cores

  friend bool operator==(const Seat&, const Seat&) = default;
};

struct PlacedRank {
  uint32_t node = 0;        ///< place in the list of nodes
  uint32_t local_rank = 0;  ///< among the ranks of its node, in their order
  uint32_t seat = 0;        ///< place in Placement::seats; equal nodes share seats

  friend bool operator==(const PlacedRank&, const PlacedRank&) = default;
};

struct Placement {
  Mapping map;  ///< what was done, defaults included
  RankBy rank_by = RankBy::slot;
  Binding bind;
  std::vector<PlacedRank> ranks;  ///< rank i is the i-th
  std::vector<Seat> seats;

  const Seat& seat_of(size_t rank) const { return seats[ranks[rank].seat]; }
  friend bool operator==(const Placement&, const Placement&) = default;
};

/// `file_text` is the content of the file of seq and rankfile. Fails in one line that names the
/// option, the node and the remedy.
Result<Placement> place(const std::vector<NodeOffer>& nodes, const Request& request,
                        std::string_view file_text = {});

}  // namespace skyrun
