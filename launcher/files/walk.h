// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/files/ignore_list.h"
#include "launcher/files/mount.h"
#include "launcher/files/own_directories.h"
#include "launcher/files/source_tree.h"

namespace skyrun {

/// Something that a walk came to.
struct WalkStep {
  std::string path;      ///< where it is, for people
  std::string relative;  ///< below the source; "" is the source itself: open it by this
  struct stat status {};
  bool leaving = false;  ///< a directory for the second time, after all that is in it
};

/// Everything of one source that its ignore files do not drop, depth first, names in byte order.
/// A directory comes twice, before and after its contents. Symbolic links are not followed, save
/// the source itself, nor is any that is swapped in on the way (SourceTree). What skyrun itself
/// keeps in a home stays behind. Holds the names of the directories on its way down and one
/// descriptor.
class Walk {
 public:
  /// `vanished` receives the path of each thing that is gone before the walk could look at it.
  static Result<std::unique_ptr<Walk>> start(const Mount& mount,
                                             std::vector<std::string>& vanished);

  const SourceTree& tree() const { return tree_; }

  /// Which directories of skyrun's own it has come to.
  const std::vector<std::string>& own() const { return own_; }

  /// Told the path of what is dropped, and the rule that does it.
  using OnDropped = std::function<void(const std::string& path, const std::string& rule)>;
  void on_dropped(OnDropped callback) { on_dropped_ = std::move(callback); }

  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  /// Nothing at the end. A directory that cannot be read is an error.
  Result<std::optional<WalkStep>> next();

 private:
  struct Level {
    WalkStep directory;
    std::vector<std::string> names;  ///< still to come, the next one last
  };

  Walk(const Mount& mount, SourceTree tree, IgnoreList ignored, std::vector<std::string>& vanished);
  const std::string* rule_for(const WalkStep& step);
  Result<bool> look(WalkStep& step) const;
  Result<std::optional<WalkStep>> visit(WalkStep step);
  std::optional<WalkStep> leave();

  std::string source_;
  SourceTree tree_;
  std::vector<OwnDirectory> own_directories_;
  std::vector<std::string> own_;
  IgnoreList ignored_;
  std::vector<std::string>& vanished_;
  OnDropped on_dropped_;
  bool started_ = false;
  std::vector<Level> levels_;
};

}  // namespace skyrun
