// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/entrypoint.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/task/load.h"
#include "launcher/task/text_file.h"
#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kForBash = " \t\r\n|&;<>()$`\\\"'*?[]{}#!~";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// A name that is surely meant for a task file.
bool is_yaml_name(const std::string& text) {
  const bool one_word = text.find_first_of(kBlanks) == std::string::npos;
  return one_word && (ends_with(text, "yaml") || ends_with(text, ".yml"));
}

/// A script given by its path says so itself, or is one plain text to YAML, or nothing YAML allows.
bool holds_tasks(const std::string& path) {
  const auto text = read_text_file(path);
  if (!text || text->rfind("#!", 0) == 0) return false;
  const auto documents = parse_yaml(*text, path);
  return documents && (documents->empty() || documents->front().is_dict() ||
                       documents->front().is_null() || documents->front().is_list());
}

}  // namespace

WordKind kind_of(const std::string& word) {
  const std::string path = Surroundings::here().absolute(word).value_or(word);
  std::error_code error;
  const auto status = fs::status(path, error);
  if (word == "-" || fs::is_fifo(status)) return WordKind::task_file;
  if (!word.empty() && fs::is_directory(status)) return WordKind::directory;
  if (is_yaml_name(word) || (fs::is_regular_file(status) && holds_tasks(path)))
    return WordKind::task_file;
  const bool is_file = fs::is_regular_file(status);
  const bool for_bash = word.empty() || word.find_first_of(kForBash) != std::string::npos;
  return for_bash && !is_file ? WordKind::bash_command : WordKind::program;
}

std::string likely_task_file(const std::string& word) {
  std::error_code error;
  for (const char* end : {".yaml", ".yml"}) {
    if (fs::is_regular_file(word + end, error)) return word + end;
  }
  if (!is_yaml_name(word)) return "";
  const fs::path path(word);
  const fs::path directory = path.has_parent_path() ? path.parent_path() : ".";
  std::vector<std::string> names;
  for (fs::directory_iterator entry(directory, error), none; !error && entry != none;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (is_yaml_name(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  const auto near = nearest_name(path.filename().string(), names);
  return near ? (path.has_parent_path() ? (directory / *near).string() : *near) : "";
}

std::string command_text(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  quoted.reserve(words.size());
  for (const auto& word : words) quoted.push_back(shell_quote(word));
  return join(quoted, " ");
}

Result<TaskFile> load_entrypoint(const Entrypoint& entrypoint, const Overrides& overrides,
                                 const Surroundings& surroundings) {
  if (entrypoint.kind == Entrypoint::Kind::file) {
    const std::string likely = likely_task_file(entrypoint.text);
    std::error_code error;
    const std::string path = expand_home(entrypoint.text, surroundings.home);
    if (entrypoint.text != "-" && !likely.empty() && !fs::exists(path, error))
      return failure(entrypoint.text + ": no such file; did you mean " + likely + "?");
    return load_task_file(entrypoint.text, overrides, surroundings);
  }
  return command_task(entrypoint.text, overrides, surroundings);
}

}  // namespace skyrun
