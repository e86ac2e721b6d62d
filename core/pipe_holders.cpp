// SPDX-License-Identifier: Apache-2.0
#include "core/pipe_holders.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "core/process_tree.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

/// As "pipe:[4711]"; empty for what has gone.
std::string target_of(const fs::path& link) {
  std::error_code error;
  return fs::read_symlink(link, error).string();
}

bool may_hold(pid_t pid, const std::string& pipe) {
  std::error_code error;
  fs::directory_iterator each(fmt::format("/proc/{}/fd", pid), error);
  if (error) return error == std::errc::permission_denied;  // as with sudo; else it has gone
  for (; each != fs::directory_iterator(); each.increment(error)) {
    if (error) return false;
    if (target_of(each->path()) == pipe) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> holders_of(int pipe) {
  const std::string target = target_of(fmt::format("/proc/self/fd/{}", pipe));
  std::set<std::string> names;
  for (const auto& process : descendants_of(::getpid())) {
    if (may_hold(process.pid, target)) names.insert(command_of(process.pid));
  }
  return {names.begin(), names.end()};
}

}  // namespace skyrun
