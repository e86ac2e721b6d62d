// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "node_daemon/files/staging.h"

namespace skyrun {

/// The symbolic link at an absolute destination, such as /data, to the files below
/// ~/.sky/file_mounts that it stands for.
struct MountLink {
  std::string path;    ///< where it stands, absolute
  std::string target;  ///< what it points to, absolute

  /// Refuses a place that something else than such a link of this user has taken, in SkyPilot's
  /// words, and one that cannot be looked at: what may be there is left alone. A place that is the
  /// target itself, seen through the link of a mount above it, is fine.
  Result<void> check() const;

  /// Makes it, with the directories above it, or points such a link that is there to the target.
  /// Where this user may not write, it is made with `sudo -n`; directories made so become this
  /// user's, and nothing else does.
  Result<void> make(const Staging& staging) const;
};

}  // namespace skyrun
