// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace skyrun {

/// What tells one job from every other.
struct JobIdentity {
  uint64_t number = 0;
  std::string time;     ///< %Y-%m-%d-%H-%M-%S-%f
  std::string cluster;  ///< sky-<4 hex digits>-<user>
  std::string user;

  /// SKYPILOT_TASK_ID of the only task of a job: sky-<time>_<cluster>_<number>.
  std::string task_id() const;

  /// The same of one of several tasks: sky-managed-<time>_<job>[_<task>]_<number>-<index>.
  std::string managed_task_id(const std::string& job, const std::string& task, size_t index) const;
};

JobIdentity make_identity(uint64_t number, std::chrono::system_clock::time_point now, uint16_t salt,
                          const std::string& user);

/// SKYPILOT_CLUSTER_INFO: Python's json.dumps of cluster_name, cloud, region and zone, with null
/// for an empty one.
std::string cluster_info(const std::string& cluster, const std::string& cloud,
                         const std::string& region);

/// The name of the account that runs us.
std::string account_name();

}  // namespace skyrun
