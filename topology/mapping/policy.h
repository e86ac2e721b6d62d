// SPDX-License-Identifier: Apache-2.0
//
// What a person asks of the placement of ranks, as values. The words are those of PRRTE (Open MPI
// 5: `man prte`, placement), which policy_text.h reads; `strict` and `fill` are ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/placement_wish.h"
#include "topology/machine.h"

namespace skyrun {

enum class MapBy {
  slot,      ///< fill the slots of a node, then the next node
  node,      ///< as many on each node as on the others
  object,    ///< over the objects of a level of a node, until its slots are used
  ppr,       ///< exactly so many on each object
  seq,       ///< a line of a file is a rank
  rankfile,  ///< a file says where each rank is
  pe_list,   ///< on the CPUs that are named
  strict,    ///< beside the rank's GPU, within that GPU's own NUMA node
  fill       ///< as strict, and idle NUMA nodes are shared out
};

struct Mapping {
  std::optional<MapBy> by;     ///< none: only qualifiers were given
  Level level = Level::core;   ///< of object, and of ppr
  bool whole_node = false;     ///< ppr:N:node
  uint32_t per_object = 1;     ///< of ppr
  std::vector<uint32_t> cpus;  ///< of pe_list: logical numbers
  bool ordered = false;        ///< of pe_list: one CPU a rank
  std::string file;            ///< of seq and rankfile
  std::optional<uint32_t> pe;  ///< CPUs of a rank
  bool span = false;           ///< take turns over all nodes
  bool no_local = false;       ///< nothing on the node of the launcher
  std::optional<bool> oversubscribe;
  std::optional<bool> hwthreads;  ///< a CPU is a hardware thread, not a core

  friend bool operator==(const Mapping&, const Mapping&) = default;
};

enum class RankBy { slot, node, fill, span };

struct Binding {
  std::optional<Level> to;  ///< none: not bound
  bool overload = false;    ///< more ranks than CPUs are no error
  bool if_supported = false;
  bool report = false;
  std::optional<uint32_t> limit;  ///< ranks on one object at most

  friend bool operator==(const Binding&, const Binding&) = default;
};

struct Request {
  uint32_t ranks = 0;  ///< 0: as many as the policy has room for
  Mapping map;
  std::string map_option = "--map-by";  ///< what the person gave `map` with: errors name it
  std::optional<RankBy> rank;
  std::optional<Binding> bind;
  Defaults defaults = Defaults::open_mpi_5;
  uint32_t threads_per_core = 0;  ///< of strict and fill: so many of each core; 0: all
};

}  // namespace skyrun
