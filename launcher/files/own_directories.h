// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <string>
#include <vector>

namespace skyrun {

/// A directory that skyrun, or another launcher of SkyPilot's tasks, keeps in a home: state, logs
/// and copies of what was sent before. Known by what it is, not by its name, since more than one
/// name may lead to it.
struct OwnDirectory {
  dev_t device = 0;
  ino_t inode = 0;

  bool is(const struct stat& status) const {
    return status.st_dev == device && status.st_ino == inode;
  }
};

/// Those that are there.
std::vector<OwnDirectory> own_directories(const std::string& home);

}  // namespace skyrun
