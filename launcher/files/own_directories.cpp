// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/own_directories.h"

namespace skyrun {

std::vector<OwnDirectory> own_directories(const std::string& home) {
  std::vector<OwnDirectory> own;
  for (const char* name : {"/.skyrun", "/sky_logs", "/sky_workdir", "/.sky/file_mounts"}) {
    struct stat status {};
    if (::lstat((home + name).c_str(), &status) == 0 && S_ISDIR(status.st_mode))
      own.push_back({status.st_dev, status.st_ino});
  }
  return own;
}

}  // namespace skyrun
