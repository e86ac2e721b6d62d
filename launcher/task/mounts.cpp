// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/mounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "launcher/task/python_text.h"
#include "launcher/task/schemas.h"

namespace skyrun {
namespace {

constexpr std::string_view kWorkdir = "~/sky_workdir";

/// SkyPilot's words about a path, or an empty text when it is good.
std::string path_problem(const std::string& path, const std::string& location) {
  if (path.empty() || path.back() != '/') return "";
  return fmt::format("Mount paths cannot end with a slash Found: {} in {}", path, location);
}

std::string mount_problem(const FileMount& mount, bool has_workdir) {
  std::string location = fmt::format("file_mounts.{}: {}", mount.destination, mount.written);
  if (mount.destination.empty()) return "Storage mount path cannot be empty.";
  if (mount.kind == FileMount::Kind::local && trim(mount.written).empty())
    return "the source is empty, which would be the whole working directory: has a variable in it "
           "no value?";
  if (auto problem = path_problem(mount.destination, location); !problem.empty()) return problem;
  if (mount.destination == kWorkdir && has_workdir) {
    return "Cannot use '~/sky_workdir' as a destination path of a file mount, as it will be used "
           "by "
           "the workdir. If uploading a file/folder to the workdir is needed, please specify the "
           "full path to the file/folder.";
  }
  if (mount.kind != FileMount::Kind::storage) {
    if (auto problem = path_problem(mount.written, location); !problem.empty()) return problem;
  }
  if (is_cloud_url(mount.destination)) {
    return "File mount destination paths cannot be cloud storage";
  }
  return "";
}

Result<FileMount> build_mount(const std::string& destination, const Value& source, const Site& site,
                              const Surroundings& surroundings) {
  FileMount mount;
  mount.destination = destination;
  mount.line = source.mark.line;
  if (source.is_dict()) {
    mount.kind = FileMount::Kind::storage;
    mount.storage = source;
    auto problem = find_problem(source, storage_schema());
    if (!problem) return mount;
    std::string path = "file_mounts." + destination;
    if (!problem->path.empty()) path += "." + problem->path;
    return site.error(problem->mark, path, "Invalid storage YAML: " + problem->text);
  }
  if (!source.is_text()) {
    return site.error(
        source.mark, "file_mounts." + destination,
        fmt::format("Unable to parse file_mount {}:{}", destination, python_str(source)));
  }
  mount.written = source.text;
  mount.kind = is_cloud_url(source.text) ? FileMount::Kind::cloud : FileMount::Kind::local;
  if (mount.kind == FileMount::Kind::cloud) {
    mount.source = source.text;
    return mount;
  }
  auto absolute = surroundings.absolute(source.text);
  if (!absolute)
    return site.error(source.mark, "file_mounts." + destination, absolute.error().text());
  mount.source = std::move(*absolute);
  return mount;
}

}  // namespace

bool is_cloud_url(std::string_view path) {
  // urllib.parse.urlsplit(path).netloc: "[scheme:]//host…", where a scheme is a letter and then
  // letters, digits, + - and dots.
  size_t colon = path.find(':');
  std::string_view rest = path;
  if (colon != std::string_view::npos && colon > 0) {
    std::string_view scheme = path.substr(0, colon);
    auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    bool good = is_letter(scheme[0]) && std::all_of(scheme.begin(), scheme.end(), [&](char c) {
                  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
                });
    if (good) rest = path.substr(colon + 1);
  }
  if (rest.substr(0, 2) != "//") return false;
  rest.remove_prefix(2);
  return !rest.empty() && rest.find_first_of("/?#") != 0;
}

Result<std::vector<FileMount>> build_mounts(const Value& mounts, bool has_workdir, const Site& site,
                                            const Surroundings& surroundings) {
  std::vector<FileMount> out;
  for (size_t i = 0; i < mounts.keys.size(); ++i) {
    std::string destination = python_str(mounts.keys[i]);
    auto mount = build_mount(destination, mounts.items[i], site, surroundings);
    if (!mount) return tl::unexpected(mount.error());
    std::string problem = mount_problem(*mount, has_workdir);
    if (!problem.empty()) {
      return site.error(mounts.keys[i].mark, "file_mounts." + destination, problem);
    }
    out.push_back(std::move(*mount));
  }
  return out;
}

}  // namespace skyrun
