// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/ignore_list.h"

#include <fmt/format.h>
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

struct RuleLine {
  std::string text;
  std::string written;  ///< with file and line in front
};

/// The lines that hold a rule. rsync ends a line at a carriage return too, and a rule at a NUL.
std::vector<RuleLine> rule_lines(std::string_view text, const std::string& file) {
  std::vector<RuleLine> lines;
  size_t number = 1;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    auto line = text.substr(0, end);
    line = line.substr(0, line.find('\0'));
    if (!line.empty() && line[0] != '#' && line[0] != ';')
      lines.push_back({std::string(line), fmt::format("{}:{}: {}", file, number, line)});
    if (end < text.size() && text[end] == '\n') ++number;
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
  for (auto& [line, written] : rule_lines(text, ".git/info/exclude")) {
    if (line == "!") {
      rules_.clear();
      merge_file_.clear();
      continue;
    }
    const bool prefixed = line.starts_with("+ ") || line.starts_with("- ");
    const bool drops = line[0] != '+' || !prefixed;
    rules_.push_back(
        {Pattern(prefixed ? line.substr(2) : std::move(line), ""), std::move(written), drops});
  }
}

void IgnoreList::enter(std::string_view directory) {
  outer_counts_.push_back(merged_.size());
  if (merge_file_.empty()) return;
  std::string name(directory);
  if (!directory.empty()) name += '/';
  name += merge_file_;
  const std::string path = source_ + '/' + name;
  if (!is_regular(path)) return;
  const auto text = read_file(path);
  if (!text) return;
  for (auto& [line, written] : rule_lines(*text, name))
    merged_.push_back({Pattern(std::move(line), directory), std::move(written)});
}

void IgnoreList::leave() {
  merged_.erase(merged_.begin() + static_cast<ptrdiff_t>(outer_counts_.back()), merged_.end());
  outer_counts_.pop_back();
}

const std::string* IgnoreList::rule_for(std::string_view path, bool is_directory) const {
  for (const auto& rule : merged_) {
    if (rule.pattern.matches(path, is_directory)) return &rule.written;
  }
  for (const auto& rule : rules_) {
    if (rule.pattern.matches(path, is_directory)) return rule.drops ? &rule.written : nullptr;
  }
  return nullptr;
}

}  // namespace skyrun
