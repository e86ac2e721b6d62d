// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/mapping/placement.h"

namespace skyrun {

/// A request with nothing left open.
struct Plan {
  Mapping map;
  std::string map_option;
  RankBy rank_by = RankBy::slot;
  Binding bind;
  bool bind_chosen = false;  ///< by the person: then it is an error when it cannot be done
  uint32_t ranks = 0;        ///< 0: as many as there is room for
  uint32_t threads_per_core = 0;

  uint32_t pe() const { return map.pe.value_or(1); }
  bool oversubscribes() const { return map.oversubscribe.value_or(false); }
  bool hwthreads() const { return map.hwthreads.value_or(false); }
  bool is_beside_gpu() const { return map.by == MapBy::strict || map.by == MapBy::fill; }
  /// "--map-by core:PE=2", for errors.
  std::string asked_map() const;
  /// "cores"; of one: "core".
  std::string_view unit_name(uint32_t count = 2) const;
  /// "--bind-to core:overload-allowed", "--map-by slot:OVERSUBSCRIBE": what lifts a refusal, with
  /// all else as it was asked.
  std::string overload_hint() const;
  std::string oversubscribe_hint() const;
};

/// Open MPI 5, by its manual: up to two ranks are mapped by core and bound to it, more by package,
/// or NUMA node or slot where the machine has none; a rank is bound to what it is mapped by. (The
/// program maps all by core: docs/mapping-differences.md.) Open MPI 4.1 maps more than two by NUMA
/// node first, and numbers ranks in the order of mapping. Ranks that do not fit into the slots are
/// not bound, unless it is asked for.
Plan complete(const Request& request, const Machine& first_node, uint32_t ranks, uint64_t slots);

}  // namespace skyrun
