// SPDX-License-Identifier: Apache-2.0
#include "protocol/seats.h"

#include <algorithm>
#include <array>

namespace skyrun {

bool is_seat_variable(std::string_view name) {
  // topology/gpu_selection.cpp and topology/seating/job_seats.cpp say what each is for.
  static constexpr std::array<std::string_view, 7> kNames = {
      "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "ROCR_VISIBLE_DEVICES",
      "HIP_VISIBLE_DEVICES",  "ZE_AFFINITY_MASK",  "ZE_FLAT_DEVICE_HIERARCHY",
      "OMP_NUM_THREADS"};
  return std::ranges::find(kNames, name) != kNames.end();
}

}  // namespace skyrun
