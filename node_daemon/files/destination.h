// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace skyrun {

/// The directories of a node that destinations start from, both absolute.
struct NodePaths {
  std::string home;
  std::string workdir;  ///< what a task calls ~/sky_workdir
  /// Another node, which shares the home, writes what goes there.
  bool home_is_written_elsewhere = false;
};

/// Where one mount goes on a node.
struct Destination {
  std::string path;                 ///< where its files are written
  std::optional<std::string> link;  ///< where a symbolic link to `path` must stand then
  friend bool operator==(const Destination&, const Destination&) = default;
};

/// SkyPilot's rule (sky/backends/cloud_vm_ray_backend.py, _execute_file_mounts): relative ones are
/// below the workdir, those below `~/` and `/tmp/` are written where they are, and any other
/// absolute one is written below ~/.sky/file_mounts and linked. An empty one is an error.
Result<Destination> resolve_destination(std::string_view destination, const NodePaths& paths);

}  // namespace skyrun
