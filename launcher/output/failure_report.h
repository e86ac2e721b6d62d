// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/exit_status.h"

namespace skyrun {

/// How one rank of a stage ended.
struct RankReport {
  enum class End {
    exited,        ///< by itself, as `status` says
    stopped,       ///< by us, because another rank failed
    lost,          ///< its node went away
    never_started  ///< its process could not be started
  };

  uint32_t rank = 0;
  std::string node;
  int pid = 0;
  End end = End::exited;
  ExitStatus status;   ///< of End::exited
  uint64_t order = 0;  ///< lower ended earlier

  /// By itself, and not with code 0.
  bool failed() const { return end != End::stopped && !(end == End::exited && status.ok()); }

  /// The number SkyPilot's list has for it: 137 for a rank that we stopped, whatever it made of the
  /// signal; 255, as ssh says it, for one whose node was lost or that never started.
  int return_code() const;
};

/// The rank that failed before all others; nullptr when none did.
const RankReport* first_failure(const std::vector<RankReport>& outcomes);

/// `ERROR: Job <id> failed with return code list: [0, 1, 137] (A Worker failed with …)`: the
/// words and red span of SkyPilot's driver, codes in rank order, folded where the ranks are many.
/// `outcomes` may be in any order.
std::string run_failure(std::string_view job_id, std::vector<RankReport> outcomes, bool coloured);

/// `ERROR: Job <id>'s setup failed. Failed workers: (pid=7, returncode=1). See error logs above …`.
/// Only those that failed by themselves are listed, in rank order, the first of many.
std::string setup_failure(std::string_view job_id, std::vector<RankReport> outcomes, bool coloured);

}  // namespace skyrun
