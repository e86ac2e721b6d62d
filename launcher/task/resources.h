// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "launcher/task/value.h"
#include "protocol/resource_wish.h"

namespace skyrun {

/// What each node shall have: `A100:8`. The name is canonical where it is a known one.
struct Accelerator {
  std::string name;
  double count = 1;  ///< per node; a fraction shares one device among jobs

  friend bool operator==(const Accelerator&, const Accelerator&) = default;
};

/// "4" or "4+". What stands for "exactly 4" on a cloud is "at least 4" on a node that is there.
struct Quantity {
  double amount = 0;
  bool or_more = false;
  std::string written;  ///< as SkyPilot shows it

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// Where nodes come from, `ssh/pool` or `slurm/cluster/partition`; absent parts are "any".
struct Infra {
  std::string cloud;   ///< lower case; "kubernetes" for k8s; empty: any
  std::string region;  ///< pool of ssh, cluster of slurm, context of kubernetes
  std::string zone;    ///< partition of slurm

  friend bool operator==(const Infra&, const Infra&) = default;
};

/// One candidate for what every node of the task shall be.
struct Resources {
  Infra infra;
  std::optional<Accelerator> accelerator;
  std::optional<Quantity> cpus;
  std::optional<Quantity> memory;  ///< GiB
  bool named_by_user = true;       ///< false: found for a memory size such as `80GB+`

  std::optional<std::string> docker_image;  ///< of image_id: docker:…
  std::optional<std::string> network_tier;  ///< standard or best
  std::vector<std::string> ports;           ///< "8080" and "8080-8090", sorted and joined
  std::vector<std::pair<std::string, std::string>> labels;
  std::optional<int> priority;

  /// The remaining fields in SkyPilot's canonical form, for showing them.
  Value given;
  Mark image_mark;  ///< of image_id, for error texts

  /// SKYPILOT_NUM_GPUS_PER_NODE: the count rounded up; 0 without accelerators and for those that
  /// are no GPUs (TPU, Inferentia, Trainium).
  int gpus_per_node() const;

  /// SKYPILOT_SETUP_NUM_GPUS_PER_NODE: the count rounded up, TPUs too.
  int setup_gpus_per_node() const;

  /// What of it can be held against a node.
  ResourceWish wish() const;
};

/// The candidates of a task, never empty; the first that the nodes satisfy is taken.
struct ResourceChoice {
  std::vector<Resources> candidates{Resources{}};
  bool takes_any_gpus = false;  ///< --gpus auto: whatever there is
  bool ordered = false;  ///< the order is the user's wish (`ordered`, a list of accelerators)

  const Resources& first() const { return candidates.front(); }

  ResourceWishes wishes() const;
};

/// Whether SkyPilot schedules this accelerator without counting it as a GPU.
bool is_non_gpu_accelerator(const std::string& name);

}  // namespace skyrun
