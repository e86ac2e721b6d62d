// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/surroundings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/directory.h"
#include "core/text.h"

namespace skyrun {
namespace {

std::optional<std::string> process_env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

std::string normalised(const std::string& path) {
  std::vector<std::string_view> kept;
  for (std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      kept.push_back(part);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string out;
  for (std::string_view part : kept) out.append("/").append(part);
  return out.empty() ? "/" : out;
}

}  // namespace

Surroundings Surroundings::here() {
  std::error_code error;
  Surroundings out;
  out.cwd = std::filesystem::current_path(error).string();
  out.home = home_directory();
  out.env = process_env;
  return out;
}

Result<std::string> Surroundings::absolute(const std::string& path) const {
  const std::string expanded = expand_home(path, home);
  if (expanded.starts_with('/')) return normalised(expanded);
  if (cwd.empty())
    return failure(
        fmt::format("{}: relative to a working directory that is not there any more; go "
                    "to another one first",
                    path.empty() ? "''" : path));
  return normalised(cwd + "/" + expanded);
}

}  // namespace skyrun
