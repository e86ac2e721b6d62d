// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/resources.h"

#include <cmath>

#include "launcher/task/words.h"

namespace skyrun {

bool is_non_gpu_accelerator(const std::string& name) {
  std::string lower = lower_case(name);
  for (const char* kind : {"tpu", "inferentia", "trainium"}) {
    if (lower.find(kind) != std::string::npos) return true;
  }
  return false;
}

int Resources::setup_gpus_per_node() const {
  return accelerator ? static_cast<int>(std::ceil(accelerator->count)) : 0;
}

int Resources::gpus_per_node() const {
  return accelerator && is_non_gpu_accelerator(accelerator->name) ? 0 : setup_gpus_per_node();
}

ResourceWish Resources::wish() const {
  ResourceWish wish{.cpus = cpus ? cpus->amount : 0, .memory_gib = memory ? memory->amount : 0};
  if (!accelerator) return wish;
  wish.accelerator = accelerator->name;
  wish.accelerators = accelerator->count;
  wish.schedulable = !is_non_gpu_accelerator(accelerator->name);
  return wish;
}

ResourceWishes ResourceChoice::wishes() const {
  ResourceWishes wishes{.candidates = {}, .takes_any_gpus = takes_any_gpus};
  for (const auto& one : candidates) wishes.candidates.push_back(one.wish());
  return wishes;
}

}  // namespace skyrun
