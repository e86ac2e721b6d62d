// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace skyrun {

/// What every node of a job shall have, of each thing at least so much; 0: any.
struct ResourceWish {
  std::string accelerator;  ///< its name, "A100"; empty: none
  double accelerators = 0;  ///< of it; a fraction shares one device among jobs
  bool schedulable = true;  ///< false: a TPU or the like, which nobody looks for and run has 0 of
  double cpus = 0;
  double memory_gib = 0;

  /// As the job is told: rounded up.
  uint32_t num_gpus() const;
  /// Whether the nodes must look for their GPUs.
  bool needs_devices() const { return !accelerator.empty() && schedulable; }

  friend bool operator==(const ResourceWish&, const ResourceWish&) = default;
};

/// The candidates, never none: the first that all nodes satisfy is taken.
struct ResourceWishes {
  std::vector<ResourceWish> candidates{ResourceWish{}};
  bool takes_any_gpus = false;  ///< --gpus auto: whatever there is
  bool insists = true;          ///< the job does not run where none is satisfied

  /// Whether the nodes must be looked at: CPUs, memory or GPUs are asked for.
  bool needs_check() const;
  /// Whether they must look for their GPUs too.
  bool needs_devices() const;

  friend bool operator==(const ResourceWishes&, const ResourceWishes&) = default;
};

}  // namespace skyrun
