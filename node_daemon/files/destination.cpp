// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/destination.h"

#include <filesystem>

namespace skyrun {
namespace {

constexpr std::string_view kWorkdir = "~/sky_workdir";

std::string below(const std::string& directory, std::string_view rest) {
  return std::filesystem::path(directory + '/' + std::string(rest)).lexically_normal().native();
}

}  // namespace

Result<Destination> resolve_destination(std::string_view destination, const NodePaths& paths) {
  if (destination.empty()) return failure("a mount has no destination");
  if (destination == kWorkdir) return Destination{paths.workdir, std::nullopt};
  if (destination.starts_with(std::string(kWorkdir) + '/')) {
    return Destination{below(paths.workdir, destination.substr(kWorkdir.size())), std::nullopt};
  }
  if (destination.starts_with("~/")) {
    return Destination{below(paths.home, destination.substr(2)), std::nullopt};
  }
  if (!destination.starts_with('/')) {
    return Destination{below(paths.workdir, destination), std::nullopt};
  }
  std::string absolute = below("", destination);
  if (absolute.starts_with("/tmp/")) return Destination{std::move(absolute), std::nullopt};
  return Destination{below(paths.home, ".sky/file_mounts/" + absolute), std::move(absolute)};
}

}  // namespace skyrun
