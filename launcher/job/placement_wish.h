// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "topology/mapping/policy.h"

namespace skyrun {

/// What the command line says of where a job's ranks sit on their nodes. Without any of it they
/// are not bound: what a task starts, torchrun or mpirun, does its own binding.
struct PlacementWish {
  std::optional<Mapping> map;                ///< --map-by
  std::optional<RankBy> rank;                ///< --rank-by
  std::optional<Binding> bind;               ///< --bind-to
  std::string file_text;                     ///< of the file that --map-by names
  Defaults defaults = Defaults::open_mpi_5;  ///< --personality
  bool own_gpus = false;                     ///< --gpu-visibility own: a rank sees its GPUs only
  bool display_map = false;
  bool report_bindings = false;

  /// Whether the nodes must say what they consist of.
  bool needs_machines() const { return map || rank || bind || own_gpus || display_map; }
  /// What asks for it, as the person wrote it.
  std::string option() const;
};

}  // namespace skyrun
