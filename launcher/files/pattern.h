// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// One rsync exclude or include pattern (rsync(1), PATTERN MATCHING RULES): a value that knows what
/// it matches and nothing of where it was read.
///
/// `foo` matches a last path element, `a/b` the last two, `/foo` from the directory of the
/// pattern's file, anything with `**` the whole path or what follows any slash in it; a trailing
/// slash means directories only, a trailing `/***` a directory and all that is in it.
class Pattern {
 public:
  /// `directory` is where the file with the pattern lies, relative to the source, "" for the top.
  Pattern(std::string text, std::string_view directory);

  /// `path` is relative to the source, without a slash at either end.
  bool matches(std::string_view path, bool is_directory) const;

 private:
  std::string text_;  ///< without the slashes that the members below stand for
  bool anchored_ = false;
  bool directories_only_ = false;
  bool with_contents_ = false;  ///< ends in `***`: a directory is matched as "name/"
  bool is_glob_ = false;
  bool spans_slashes_ = false;  ///< has a `**`
  size_t elements_ = 1;         ///< how many trailing path elements the text describes
};

}  // namespace skyrun
