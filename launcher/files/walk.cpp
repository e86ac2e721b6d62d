// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/walk.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace skyrun {
namespace {

/// The names in a directory in descending order; nothing when there is no such directory any more.
Result<std::optional<std::vector<std::string>>> read_names(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator each(path, error);
  while (!error && each != std::filesystem::directory_iterator()) {
    names.push_back(each->path().filename().native());
    each.increment(error);
  }
  if (error.value() == ENOENT || error.value() == ENOTDIR) return std::nullopt;
  if (error) return tl::unexpected(errno_error(path, error.value()));
  std::sort(names.begin(), names.end(), std::greater<>());
  return names;
}

std::string below(const std::string& directory, const std::string& name) {
  return directory.empty() ? name : directory + '/' + name;
}

}  // namespace

Result<std::unique_ptr<Walk>> Walk::start(const Mount& mount, std::vector<std::string>& vanished) {
  auto ignored = mount.whole ? IgnoreList::none() : IgnoreList::load(mount.source);
  if (!ignored) return tl::unexpected(std::move(ignored.error()));
  return std::unique_ptr<Walk>(new Walk(mount.source, std::move(*ignored), vanished));
}

Result<std::optional<WalkStep>> Walk::next() {
  if (!started_) {
    started_ = true;
    WalkStep top{source_, "", {}, false};
    if (::stat(source_.c_str(), &top.status) != 0) return tl::unexpected(errno_error(source_));
    return visit(std::move(top));
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.names.empty()) return leave();
    const std::string name = std::move(level.names.back());
    level.names.pop_back();
    WalkStep step{level.directory.path + '/' + name, below(level.directory.relative, name), {}, {}};
    if (::lstat(step.path.c_str(), &step.status) != 0) {
      if (errno != ENOENT) return tl::unexpected(errno_error(step.path));
      vanished_.push_back(std::move(step.path));
      continue;
    }
    if (const auto* rule = ignored_.rule_for(step.relative, S_ISDIR(step.status.st_mode))) {
      if (on_dropped_) on_dropped_(step.path, *rule);
      continue;
    }
    auto visited = visit(std::move(step));
    if (!visited || *visited) return visited;
  }
  return std::nullopt;
}

/// Goes into a directory; nothing when it vanished meanwhile.
Result<std::optional<WalkStep>> Walk::visit(WalkStep step) {
  if (!S_ISDIR(step.status.st_mode)) return step;
  auto names = read_names(step.path);
  if (!names) return tl::unexpected(std::move(names.error()));
  if (!*names) {
    vanished_.push_back(std::move(step.path));
    return std::nullopt;
  }
  ignored_.enter(step.relative);
  levels_.push_back({step, std::move(**names)});
  return step;
}

std::optional<WalkStep> Walk::leave() {
  WalkStep step = std::move(levels_.back().directory);
  levels_.pop_back();
  ignored_.leave();
  step.leaving = true;
  return step;
}

}  // namespace skyrun
