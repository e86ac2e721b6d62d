// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/walk.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>

namespace skyrun {
namespace {

constexpr const char* kOwnRule = "skyrun's own";

bool has_vanished(int errnum) {
  return errnum == ENOENT || errnum == ENOTDIR || errnum == ELOOP;
}

struct Close {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

/// The names in a directory in descending order; nothing when there is no such directory any more.
Result<std::optional<std::vector<std::string>>> read_names(const SourceTree& tree,
                                                           const WalkStep& step) {
  Fd fd = tree.open_below(step.relative, O_RDONLY | O_DIRECTORY);
  if (!fd && has_vanished(errno)) return std::nullopt;
  const std::unique_ptr<DIR, Close> directory(fd ? ::fdopendir(fd.get()) : nullptr);
  if (!directory) return tl::unexpected(errno_error(step.path));
  fd.release();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return tl::unexpected(errno_error(step.path));
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
  auto tree = SourceTree::open(mount.source);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  return std::unique_ptr<Walk>(new Walk(mount, std::move(*tree), std::move(*ignored), vanished));
}

Walk::Walk(const Mount& mount, SourceTree tree, IgnoreList ignored,
           std::vector<std::string>& vanished)
    : source_(mount.source),
      tree_(std::move(tree)),
      own_directories_(own_directories(mount.home)),
      ignored_(std::move(ignored)),
      vanished_(vanished) {}

/// False when it is gone.
Result<bool> Walk::look(WalkStep& step) const {
  const Fd fd = tree_.open_below(step.relative, O_PATH | O_NOFOLLOW);
  if (fd && ::fstat(fd.get(), &step.status) == 0) return true;
  if (has_vanished(errno)) return false;
  return tl::unexpected(errno_error(step.path));
}

const std::string* Walk::rule_for(const WalkStep& step) {
  static const std::string own_rule = kOwnRule;
  const auto is_it = [&step](const OwnDirectory& each) { return each.is(step.status); };
  if (std::any_of(own_directories_.begin(), own_directories_.end(), is_it)) {
    own_.push_back(step.relative);
    return &own_rule;
  }
  return ignored_.rule_for(step.relative, S_ISDIR(step.status.st_mode));
}

Result<std::optional<WalkStep>> Walk::next() {
  if (!started_) {
    started_ = true;
    WalkStep top{source_, "", {}, false};
    auto there = look(top);
    if (!there) return tl::unexpected(std::move(there.error()));
    return visit(std::move(top));
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.names.empty()) return leave();
    const std::string name = std::move(level.names.back());
    level.names.pop_back();
    WalkStep step{level.directory.path + '/' + name, below(level.directory.relative, name), {}, {}};
    auto there = look(step);
    if (!there) return tl::unexpected(std::move(there.error()));
    if (!*there) {
      vanished_.push_back(std::move(step.path));
      continue;
    }
    if (const auto* rule = rule_for(step)) {
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
  auto names = read_names(tree_, step);
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
