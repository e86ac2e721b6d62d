// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace skyrun {

/// Whose defaults apply to what was not said: they place more than two ranks differently.
enum class Defaults { open_mpi_5, open_mpi_4 };

/// What a person says of where a job's ranks sit on their nodes, in the words that
/// topology/mapping/policy_text.h reads; empty where nothing is said. Without any of it ranks are
/// not bound: what a task starts, torchrun or mpirun, does its own binding.
struct PlacementWish {
  uint32_t ranks = 0;  ///< of apps; 0: a task, which has one on each node
  std::string map_by;
  std::string rank_by;
  std::string bind_to;
  std::string file_text;                     ///< of the file that --map-by names
  Defaults defaults = Defaults::open_mpi_5;  ///< --personality
  bool own_gpus = false;                     ///< --gpu-visibility own: a rank sees its GPUs only
  bool display_map = false;                  ///< the person is shown where they sit

  /// Whether the nodes must say what they consist of.
  bool needs_machines() const;
  /// What asks for it, as the person wrote it.
  std::string option() const;

  friend bool operator==(const PlacementWish&, const PlacementWish&) = default;
};

}  // namespace skyrun
