// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/entrypoint.h"

#include <filesystem>

#include "core/text.h"
#include "launcher/task/load.h"
#include "launcher/task/text_file.h"
#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// A name that is surely meant for a task file.
bool is_yaml_name(const std::string& text) {
  bool one_word = text.find_first_of(" \t\n") == std::string::npos;
  return one_word && (ends_with(text, "yaml") || ends_with(text, ".yml"));
}

/// A script given by its path is one plain text to YAML, and is run as a command.
bool is_plain_text(const std::vector<Value>& documents) {
  return !documents.empty() && !documents[0].is_dict() && !documents[0].is_null() &&
         !documents[0].is_list();
}

}  // namespace

Result<Entrypoint> classify_entrypoint(const std::vector<std::string>& words) {
  Entrypoint out;
  out.text = join(words, " ");
  if (words.empty() || out.text.empty()) return out;
  out.kind = Entrypoint::Kind::command;
  std::error_code error;
  bool meant_as_file = is_yaml_name(out.text);
  if (!meant_as_file && !std::filesystem::is_regular_file(out.text, error)) return out;
  auto text = read_text_file(out.text);
  if (!text) return meant_as_file ? tl::unexpected(text.error()) : Result<Entrypoint>(out);
  auto documents = parse_yaml(*text, out.text);
  if (!documents) {
    return meant_as_file ? tl::unexpected(documents.error()) : Result<Entrypoint>(out);
  }
  if (!is_plain_text(*documents)) out.kind = Entrypoint::Kind::file;
  return out;
}

Result<TaskFile> load_entrypoint(const Entrypoint& entrypoint, const Overrides& overrides,
                                 const Surroundings& surroundings) {
  if (entrypoint.kind == Entrypoint::Kind::file) {
    return load_task_file(entrypoint.text, overrides, surroundings);
  }
  return command_task(entrypoint.text, overrides, surroundings);
}

}  // namespace skyrun
