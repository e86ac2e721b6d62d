// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "launcher/output/voice.h"
#include "launcher/task/entrypoint.h"
#include "launcher/task/overrides.h"
#include "protocol/placement_wish.h"

namespace skyrun {

enum class LaunchMode {
  automatic,  ///< as tree; what a node cannot start is started from here
  tree,       ///< each node starts its children in the tree
  flat,       ///< this machine starts every node
};

/// The command line of `skyrun`.
struct Options {
  Entrypoint entrypoint;          ///< a task file or a command
  Overrides overrides;            ///< what it says over the task file
  std::optional<uint32_t> ranks;  ///< --ranks: of the program that the command is
  std::string wdir;               ///< --wdir: where they start, absolute; empty: in `cwd`
  std::string cwd;                ///< where this was typed

  std::optional<std::string> hostfile;
  std::vector<std::string> hosts;  ///< each a comma-separated list
  std::optional<int> local;        ///< --local N
  std::string interface;           ///< as in LaunchOptions

  LaunchMode launch = LaunchMode::automatic;
  std::string launch_agent = "ssh";
  std::vector<std::string> ssh_options;
  std::optional<uint32_t> tree_arity;
  std::chrono::milliseconds start_timeout{60000};

  PlacementWish placement;
  bool report_bindings = false;

  std::chrono::milliseconds sync_timeout{120000};
  std::chrono::milliseconds grace{30000};
  std::chrono::milliseconds linger{86400000};
  bool dryrun = false;
  bool json = false;  ///< of the dry run
  bool no_setup = false;
  bool skip_resource_check = false;
  bool propagate_exit_code = false;
  Voice voice = Voice::normal;

  std::vector<std::string> notices;  ///< what of it has no effect
};

}  // namespace skyrun
