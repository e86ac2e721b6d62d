// SPDX-License-Identifier: Apache-2.0
#include "core/installation.h"

#include <unistd.h>

#include <filesystem>

namespace skyrun {
namespace {

/// The other program of `self`: beside it, or in the folder that an installation has for it.
Result<std::string> find_other(const std::string& self, const std::string& name,
                               const char* installed) {
  const auto folder = std::filesystem::path(self).parent_path();
  for (const auto& place : {folder / name, folder / installed / name}) {
    if (::access(place.c_str(), X_OK) == 0) return place.lexically_normal().string();
  }
  return failure("no " + name + " belongs to " + self + ": install both together");
}

}  // namespace

Result<std::string> own_program() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return failure("own path: " + error.message());
  return self.string();
}

Result<std::string> find_skyrund(const std::string& skyrun) {
  return find_other(skyrun, "skyrund", SKYRUN_BIN_TO_LIBEXEC);
}

Result<std::string> find_skyrun(const std::string& skyrund) {
  return find_other(skyrund, "skyrun", SKYRUN_LIBEXEC_TO_BIN);
}

}  // namespace skyrun
