// SPDX-License-Identifier: Apache-2.0
//
// Follows sky/utils/dag_utils.py: _load_chain_dag for pipelines, _load_job_group for job groups.
#include "launcher/task/header.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/nearest.h"
#include "launcher/task/durations.h"
#include "launcher/task/python_text.h"

namespace skyrun {
namespace {

bool has_exactly(const Value& dict, std::initializer_list<std::string_view> keys) {
  return dict.keys.size() == keys.size() &&
         std::all_of(keys.begin(), keys.end(),
                     [&dict](std::string_view key) { return dict.find(key) != nullptr; });
}

/// Letters, digits, - and _; other scripts' letters too, as Python's isalnum() takes them.
bool is_group_name(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    bool ascii_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return ascii_word || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

constexpr const char* kGroupNameRule =
    "Name must contain only alphanumeric characters, hyphens, and underscores.";

std::string listed(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  Value list;
  list.kind = Value::Kind::list;
  for (std::string& name : names) list.items.push_back(text_value(std::move(name)));
  return python_repr(list);
}

Result<std::string> job_name(const Value& document, size_t number, const Site& site) {
  const Value* name = document.find("name");
  if (name == nullptr || name->is_null()) {
    return site.error(document.mark, "name",
                      fmt::format("Job {} in Job Group must have a \"name\" field.", number));
  }
  if (name->is_text() && !name->text.empty() && is_group_name(name->text)) return name->text;
  return site.error(name->mark, "name",
                    fmt::format("Invalid job name: {}. {}", python_repr(*name), kGroupNameRule));
}

/// The names of a group's tasks, which are the documents after the header.
Result<std::vector<std::string>> job_names(const std::vector<Value>& documents, const Site& site) {
  std::vector<std::string> names;
  for (size_t i = 1; i < documents.size(); ++i) {
    if (documents[i].is_null()) continue;
    auto name = job_name(documents[i], i, site);
    if (!name) return tl::unexpected(name.error());
    if (std::find(names.begin(), names.end(), *name) != names.end()) {
      return site.error(documents[i].find("name")->mark, "name",
                        fmt::format("Duplicate job name in Job Group: {}", *name));
    }
    names.push_back(std::move(*name));
  }
  return names;
}

Result<void> read_primary_tasks(const Value& header, const std::vector<std::string>& names,
                                TaskFile& out, const Site& site) {
  const Value* primary = header.find("primary_tasks");
  if (primary == nullptr || primary->is_null()) return {};
  if (!primary->is_list()) {
    return site.error(primary->mark, "primary_tasks",
                      "primary_tasks must be a list of job names, got " + python_repr(*primary));
  }
  for (const Value& name : primary->items) {
    if (!name.is_text()) {
      return site.error(name.mark, "primary_tasks",
                        "primary_tasks entries must be strings, got " + python_repr(name));
    }
    if (std::find(names.begin(), names.end(), name.text) == names.end()) {
      return site.error(
          name.mark, "primary_tasks",
          fmt::format("primary_tasks references unknown job: {}. Available jobs: {}{}", name.text,
                      listed(names), did_you_mean(name.text, names)));
    }
    out.primary_tasks.push_back(name.text);
  }
  return {};
}

Result<int> read_delay(const Value& value, const std::string& field, const Site& site) {
  auto seconds = parse_seconds(python_str(value));
  if (seconds) return *seconds;
  return site.error(value.mark, "termination_delay",
                    fmt::format("Invalid time duration for {}: {}. Expected format: "
                                "NUMBER[s|m|h|d|w] (e.g., \"30s\", \"5m\", \"1h\")",
                                field, python_repr(std::string_view(python_str(value)))));
}

Result<void> read_delays(const Value& delays, const std::vector<std::string>& names, TaskFile& out,
                         const Site& site) {
  for (size_t i = 0; i < delays.keys.size(); ++i) {
    const Value& key = delays.keys[i];
    const Value& value = delays.items[i];
    if (!key.is_text() || (!value.is_text() && !value.is(Value::Kind::integer))) {
      return site.error(key.mark, "termination_delay",
                        fmt::format("termination_delay dict must have string keys and string/int "
                                    "values, got {}: {}",
                                    python_repr(key), python_repr(value)));
    }
    if (key.text != "default" && std::find(names.begin(), names.end(), key.text) == names.end()) {
      return site.error(key.mark, "termination_delay",
                        fmt::format("termination_delay references unknown job: {}. Available jobs: "
                                    "{} (or \"default\"){}",
                                    key.text, listed(names), did_you_mean(key.text, names)));
    }
    auto seconds = read_delay(value, fmt::format("termination_delay[{}]", python_repr(key)), site);
    if (!seconds) return tl::unexpected(seconds.error());
    out.termination_delays.emplace_back(key.text, *seconds);
  }
  return {};
}

Result<void> read_termination_delay(const Value& header, const std::vector<std::string>& names,
                                    TaskFile& out, const Site& site) {
  const Value* delay = header.find("termination_delay");
  if (delay == nullptr || delay->is_null()) return {};
  if (delay->is_dict()) return read_delays(*delay, names, out, site);
  if (!delay->is_text() && !delay->is(Value::Kind::integer)) {
    return site.error(
        delay->mark, "termination_delay",
        "termination_delay must be a string, int, or dict, got " + python_repr(*delay));
  }
  auto seconds = read_delay(*delay, "termination_delay", site);
  if (!seconds) return tl::unexpected(seconds.error());
  out.termination_delays.emplace_back("default", *seconds);
  return {};
}

void note_unknown_fields(const Value& header, TaskFile& out) {
  const std::vector<std::string> known = {"name", "execution", "primary_tasks", "termination_delay",
                                          "inter_connection"};
  for (const Value& key : header.keys) {
    if (key.is_text() && std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    out.notices.push_back("unknown field in Job Group header is ignored: " + python_repr(key) +
                          (key.is_text() ? did_you_mean(key.text, known) : ""));
  }
}

Result<TaskFile> read_group(const std::vector<Value>& documents, const Site& site) {
  const Value& header = documents[0];
  const Value* name = header.find("name");
  if (name == nullptr) {
    return site.error(header.mark, "name", "Job Group header missing required fields: {'name'}");
  }
  if (!name->is_text() || name->text.empty() || !is_group_name(name->text)) {
    return site.error(
        name->mark, "name",
        fmt::format("Invalid job group name: {}. {}", python_repr(*name), kGroupNameRule));
  }
  auto names = job_names(documents, site);
  if (!names) return tl::unexpected(names.error());
  if (names->empty()) {
    return site.error(header.mark, "", "Job Group must have at least one job definition.");
  }
  TaskFile out;
  out.name = name->text;
  out.execution = TaskFile::Execution::parallel;
  note_unknown_fields(header, out);
  Result<void> good = read_primary_tasks(header, *names, out, site);
  if (good) good = read_termination_delay(header, *names, out, site);
  if (!good) return tl::unexpected(good.error());
  return out;
}

Result<TaskFile> read_pipeline_header(const Value& header, const Site& site) {
  TaskFile out;
  const Value* name = header.find("name");
  if (name->is_text()) out.name = name->text;
  const Value* execution = header.find("execution");
  bool serial = execution == nullptr || execution->is_null() ||
                (execution->is_text() && execution->text == "serial");
  if (serial) return out;
  return site.error(execution->mark, "execution",
                    fmt::format("Invalid execution mode for pipeline: {}. Pipelines must use "
                                "execution: serial (or omit it). Use execution: parallel for job "
                                "groups.",
                                python_repr(*execution)));
}

}  // namespace

Result<TaskFile> take_header(std::vector<Value>& documents, const Site& site) {
  if (documents.empty()) return TaskFile{};
  const Value& first = documents[0];
  const Value* execution = first.find("execution");
  bool parallel = execution != nullptr && execution->is_text() && execution->text == "parallel";
  if (parallel && documents.size() > 1) {
    auto out = read_group(documents, site);
    documents.erase(documents.begin());
    return out;
  }
  if (has_exactly(first, {"name"}) || has_exactly(first, {"name", "execution"})) {
    auto out = read_pipeline_header(first, site);
    if (documents.size() > 1) {
      documents.erase(documents.begin());
    } else {
      documents[0].erase("execution");
    }
    return out;
  }
  TaskFile out;
  const Value* name = first.find("name");
  if (documents.size() == 1 && name != nullptr && name->is_text()) out.name = name->text;
  return out;
}

}  // namespace skyrun
