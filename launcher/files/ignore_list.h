// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "launcher/files/pattern.h"

namespace skyrun {

/// Which files of a source directory stay behind. SkyPilot's rule, in rsync's terms
/// (sky/utils/command_runner.py): with a `.skyignore` at the top the filter is
/// `dir-merge,- .skyignore`; without, it is `dir-merge,- .gitignore` and then
/// `--exclude-from=.git/info/exclude` where that file is.
///
/// A dir-merge file is read in every directory that is entered and holds below it. Each of its
/// lines is an exclude pattern, whatever it starts with: `!x` and `+ x` are names, as in rsync.
/// Only in the exclude-from file are `+ ` and `- ` prefixes, and does a lone `!` forget every rule
/// before it, the dir-merge included. In both, `#` and `;` start a comment line.
///
/// The caller walks: enter() each directory that is not dropped, leave() it when done.
class IgnoreList {
 public:
  /// Fails when the exclude-from file is there and cannot be read, as rsync does. A dir-merge file
  /// that cannot be read is no rule, as in rsync.
  static Result<IgnoreList> load(const std::string& source);

  /// One that drops nothing.
  static IgnoreList none() { return IgnoreList(""); }

  /// `directory` is relative to the source, "" for the top.
  void enter(std::string_view directory);
  void leave();

  /// `path` is relative to the source and lies in the directory last entered.
  bool drops(std::string_view path, bool is_directory) const {
    return rule_for(path, is_directory) != nullptr;
  }

  /// The rule that drops the path, as `FILE:LINE: PATTERN`; nullptr when none does. Good until the
  /// directory is left.
  const std::string* rule_for(std::string_view path, bool is_directory) const;

 private:
  struct Rule {
    Pattern pattern;
    std::string written;
    bool drops = true;
  };

  explicit IgnoreList(std::string source) : source_(std::move(source)) {}
  void read_exclude_from(std::string_view text);

  std::string source_;
  std::string merge_file_;            ///< its name, "" when no such file is read
  std::vector<Rule> merged_;          ///< of the directories entered, outermost first
  std::vector<size_t> outer_counts_;  ///< how many were there before each directory entered
  std::vector<Rule> rules_;           ///< from exclude-from; the first that matches decides
};

}  // namespace skyrun
