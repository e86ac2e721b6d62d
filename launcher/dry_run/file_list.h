// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/files/mount.h"

namespace skyrun {

/// What of a task's mounts would be sent, and what not.
struct FileList {
  struct Sent {
    std::string source;       ///< a file or symbolic link here
    std::string destination;  ///< on every node
    uint64_t bytes = 0;
  };
  struct Dropped {
    std::string source;  ///< a directory stands for all that is in it
    std::string rule;    ///< FILE:LINE: PATTERN of an ignore file, or why it cannot be sent
  };

  std::vector<Sent> sent;
  std::vector<Dropped> dropped;
};

/// Walks the mounts as the sync stage does, reading no file but the ignore files.
Result<FileList> list_files(const std::vector<Mount>& mounts);

}  // namespace skyrun
