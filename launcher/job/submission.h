// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "launcher/files/mount.h"
#include "launcher/options.h"
#include "launcher/output/voice.h"
#include "protocol/job_wishes.h"
#include "protocol/message.h"

namespace skyrun {

/// What a face makes of a command line: jobs, their nodes, and how they relate. It opens nothing
/// and starts nothing.
struct Submission {
  enum class Order {
    serial,   ///< each when the one before it has succeeded
    parallel  ///< all at once, knowing each other by name
  };

  /// A job on its nodes, ready to be started.
  struct Job {
    JobSpec spec;
    std::vector<NodeSpec> nodes;
    std::vector<Mount> mounts;
    LaunchOptions launch;
    LaunchMode mode = LaunchMode::automatic;

    JobWishes wishes;

    std::string title;               ///< what the person sees of it first; may be empty
    std::string subject = "Job";     ///< what starts and finishes: it, or the task that it is
    std::vector<std::string> names;  ///< of its nodes, in front of their output; may be empty
  };

  std::vector<Job> jobs;
  Order order = Order::serial;
  std::string group;  ///< parallel: its name

  /// parallel: the group ends when these have, indices into jobs; all of them when empty. The
  /// others are then stopped, each after its delay.
  std::vector<size_t> primary;
  std::vector<std::chrono::milliseconds> termination_delays;  ///< one a job, or empty

  std::vector<std::string> notices;
  std::string log_directory;           ///< of the combined log
  std::vector<std::string> log_links;  ///< by which people find it
  Voice voice = Voice::normal;
};

}  // namespace skyrun
