// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/ignore_list.h"

#include <sys/stat.h>

#include <algorithm>

#include "core/fd.h"

namespace skyrun {
namespace {

/// A fifo of that name would keep a reader waiting for ever.
bool is_regular(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

/// The lines that hold a rule. rsync ends a line at a carriage return too, and a rule at a NUL.
std::vector<std::string> rule_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    auto line = text.substr(0, end);
    line = line.substr(0, line.find('\0'));
    if (!line.empty() && line[0] != '#' && line[0] != ';') lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Result<IgnoreList> IgnoreList::load(const std::string& source) {
  IgnoreList list(source);
  struct stat status {};
  if (::stat((source + "/.skyignore").c_str(), &status) == 0) {
    list.merge_file_ = ".skyignore";
    return list;
  }
  list.merge_file_ = ".gitignore";
  const std::string exclude_from = source + "/.git/info/exclude";
  if (!is_regular(exclude_from)) return list;
  auto text = read_file(exclude_from);
  if (!text) return tl::unexpected(std::move(text.error()));
  list.read_exclude_from(*text);
  return list;
}

void IgnoreList::read_exclude_from(std::string_view text) {
  for (auto& line : rule_lines(text)) {
    if (line == "!") {
      rules_.clear();
      merge_file_.clear();
      continue;
    }
    const bool prefixed = line.starts_with("+ ") || line.starts_with("- ");
    const bool drops = line[0] != '+' || !prefixed;
    rules_.push_back({Pattern(prefixed ? line.substr(2) : std::move(line), ""), drops});
  }
}

void IgnoreList::enter(std::string_view directory) {
  outer_counts_.push_back(merged_.size());
  if (merge_file_.empty()) return;
  std::string path = source_ + '/';
  if (!directory.empty()) path.append(directory) += '/';
  path += merge_file_;
  if (!is_regular(path)) return;
  const auto text = read_file(path);
  if (!text) return;
  for (auto& line : rule_lines(*text)) merged_.emplace_back(std::move(line), directory);
}

void IgnoreList::leave() {
  merged_.erase(merged_.begin() + static_cast<ptrdiff_t>(outer_counts_.back()), merged_.end());
  outer_counts_.pop_back();
}

bool IgnoreList::drops(std::string_view path, bool is_directory) const {
  const auto matches = [path, is_directory](const Pattern& each) {
    return each.matches(path, is_directory);
  };
  if (std::any_of(merged_.begin(), merged_.end(), matches)) return true;
  for (const auto& rule : rules_) {
    if (matches(rule.pattern)) return rule.drops;
  }
  return false;
}

}  // namespace skyrun
