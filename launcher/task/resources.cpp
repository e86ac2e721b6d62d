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

}  // namespace skyrun
