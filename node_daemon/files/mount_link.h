// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace skyrun {

/// The symbolic link at an absolute destination, such as /data, to the files below
/// ~/.sky/file_mounts that it stands for.
struct MountLink {
  std::string path;    ///< where it stands, absolute
  std::string target;  ///< what it points to, absolute

  /// Refuses a place that something else than a link has taken, in SkyPilot's words. A place that
  /// is the target itself, seen through the link of a mount above it, is fine.
  Result<void> check() const;

  /// Makes it, with the directories above it, or points the link that is there to the target. What
  /// this user may not do is tried again with `sudo -n`; directories made so become this user's.
  Result<void> make() const;
};

}  // namespace skyrun
