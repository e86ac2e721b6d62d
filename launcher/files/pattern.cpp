// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/pattern.h"

#include <algorithm>

#include "launcher/files/glob.h"

namespace skyrun {
namespace {

/// The last `count` elements of a path, or all of it when it has no more.
std::string_view last_elements(std::string_view path, size_t count) {
  size_t start = path.size();
  while (count-- > 0) {
    const size_t slash = path.substr(0, start).rfind('/');
    if (slash == std::string_view::npos) return path;
    start = slash;
  }
  return path.substr(start + 1);
}

}  // namespace

Pattern::Pattern(std::string text, std::string_view directory) : text_(std::move(text)) {
  if (text_.size() > 1 && text_.back() == '/') {
    directories_only_ = true;
    text_.pop_back();
  }
  spans_slashes_ = text_.find("**") != std::string::npos;
  with_contents_ = text_.ends_with("***");
  if (text_.starts_with('/')) {
    anchored_ = true;
    text_.erase(0, 1);
    // rsync takes wildcards in the name of the directory for wildcards, and so do we.
    if (!directory.empty()) text_ = std::string(directory) + '/' + text_;
  }
  is_glob_ = is_glob(text_);
  elements_ = 1 + static_cast<size_t>(std::count(text_.begin(), text_.end(), '/'));
}

bool Pattern::matches(std::string_view path, bool is_directory) const {
  if (directories_only_ && !is_directory) return false;
  if (!is_glob_) return anchored_ ? path == text_ : last_elements(path, elements_) == text_;
  if (!anchored_ && !spans_slashes_) return glob_matches(text_, last_elements(path, elements_));
  // From here on it may be a path with a slash at either end.
  std::string whole = '/' + std::string(path);
  if (with_contents_ && is_directory) whole += '/';
  const std::string_view all(whole);
  if (anchored_) return glob_matches(text_, all.substr(1));
  if (text_.starts_with("**")) return glob_matches(text_, all);
  for (size_t slash = 0; slash != std::string_view::npos; slash = all.find('/', slash + 1)) {
    if (glob_matches(text_, all.substr(slash + 1))) return true;
  }
  return false;
}

}  // namespace skyrun
