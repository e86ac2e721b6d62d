// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/build_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "launcher/task/build_resources.h"
#include "launcher/task/lifecycle.h"
#include "launcher/task/mounts.h"
#include "launcher/task/notices.h"
#include "launcher/task/patterns.h"
#include "launcher/task/python_text.h"
#include "launcher/task/redact.h"
#include "launcher/task/schemas.h"
#include "launcher/task/substitute.h"

namespace skyrun {
namespace {

constexpr const char* kNameRule =
    "ASCII characters and may contain lowercase and uppercase letters, digits, underscores, "
    "periods, and dashes. Must start and end with alphanumeric characters. No triple dashes or "
    "underscores.";

/// Keys and values of `envs` and `secrets` through Python's str(), null staying null.
void stringify(Value& config, const char* field) {
  Value* variables = config.find(field);
  if (variables == nullptr) return;
  auto text = [](const Value& value) { return text_value(python_str(value), value.mark); };
  if (variables->is_list()) {
    for (Value& item : variables->items) item = text(item);
    return;
  }
  if (!variables->is_dict()) return;
  Value out = dict_value(variables->mark);
  DictWriter writer(out);
  for (size_t i = 0; i < variables->keys.size(); ++i) {
    const Value& value = variables->items[i];
    const size_t place =
        writer.set(python_str(variables->keys[i]), value.is_null() ? value : text(value));
    out.keys[place].mark = variables->keys[i].mark;
  }
  *variables = std::move(out);
}

Result<void> check_shape(const Value& config, const Site& site) {
  auto problem = find_problem(config, task_schema());
  if (!problem) return {};
  bool bad_env_name =
      problem->path == "envs" && problem->text.find(" match any") != std::string::npos;
  std::string text = bad_env_name ? "The `envs` field contains invalid keys:\n" : "";
  return site.error(problem->mark, problem->path, "Invalid task YAML: " + text + problem->text);
}

/// The command line's variables over those of the file.
void override_variables(Value& config, const char* field, const CliVariables::List& given) {
  if (given.empty()) return;
  Value* variables = config.find(field);
  if (variables == nullptr || !variables->is_dict()) {
    Value merged = dict_value(config.mark);
    // Of a list, every item is a name whose value is elsewhere.
    if (variables != nullptr && variables->is_list()) {
      for (const Value& item : variables->items) merged.set(item.text, Value{});
    }
    config.set(field, std::move(merged));
    variables = config.find(field);
  }
  DictWriter writer(*variables);
  for (const auto& [name, value] : given) writer.set(name, value ? text_value(*value) : Value{});
}

/// Without the variables that the file itself calls secrets: a dotenv file loads into both, and a
/// secret must not be shown among the others.
CliVariables::List without_secrets(const CliVariables& variables, const Value& config) {
  const Value* own = config.find("secrets");
  std::unordered_set<std::string_view> given;
  std::unordered_set<std::string_view> in_file;
  for (const auto& [name, value] : variables.secrets) given.insert(name);
  if (own != nullptr) {
    for (const Value& key : own->keys) in_file.insert(key.text);
  }
  CliVariables::List out;
  for (const auto& variable : variables.envs) {
    if (!given.contains(variable.first) || !in_file.contains(variable.first))
      out.push_back(variable);
  }
  return out;
}

Result<void> read_envs(const Value& config, Task& task, const Site& site) {
  const Value* envs = config.find("envs");
  if (envs == nullptr || envs->is_null()) return {};
  for (size_t i = 0; i < envs->keys.size(); ++i) {
    const std::string& name = envs->keys[i].text;
    if (envs->items[i].is_null()) {
      return site.error(
          envs->keys[i].mark, "envs." + name,
          fmt::format("Environment variable {} is None. Please set a value for it in task YAML or "
                      "with --env flag. To set it to be empty, use an empty string ({}: \"\" in "
                      "task YAML or --env {}=\"\" in CLI).",
                      python_repr(std::string_view(name)), name, name));
    }
    task.envs.emplace_back(name, envs->items[i].text);
  }
  return {};
}

tl::unexpected<Error> secret_missing(const Value& key, const Site& site) {
  return site.error(
      key.mark, "secrets." + key.text,
      fmt::format("Secret variable {} is None. Please set a value for it in task YAML "
                  "or with --secret flag. To set it to be empty, use an empty string "
                  "({}: \"\" in task YAML or --secret {}=\"\" in CLI).",
                  python_repr(std::string_view(key.text)), key.text, key.text));
}

/// A list holds names of a store that only SkyPilot's API server has.
Result<void> read_secret_names(const Value& secrets, Task& task, const Site& site) {
  for (const Value& item : secrets.items) {
    if (item.text.rfind("secrets:", 0) != 0) {
      return site.error(item.mark, "secrets",
                        "Invalid secret in array form: <redacted>. Array items must use the "
                        "secrets: prefix (e.g., secrets:HF_TOKEN). For inline secrets with values, "
                        "use dict form: secrets: {MY_SECRET: \"value\"}");
    }
    task.notices.push_back(item.text + " is not available without a SkyPilot API server");
  }
  return {};
}

Result<void> read_secrets(const Value& config, Task& task, const Site& site) {
  const Value* secrets = config.find("secrets");
  if (secrets == nullptr || secrets->is_null()) return {};
  if (secrets->is_list()) return read_secret_names(*secrets, task, site);
  for (size_t i = 0; i < secrets->keys.size(); ++i) {
    const Value& key = secrets->keys[i];
    if (key.text.rfind("secrets:", 0) == 0 && secrets->items[i].is_null()) {
      task.notices.push_back(key.text + " is not available without a SkyPilot API server");
    } else if (secrets->items[i].is_null()) {
      return secret_missing(key, site);
    } else if (!is_env_name(key.text)) {
      return site.error(key.mark, "secrets", fmt::format("Invalid secret key: {}", key.text));
    } else {
      task.secrets.emplace_back(key.text, Secret(secrets->items[i].text));
    }
  }
  return {};
}

/// Fills the task's variables into the fields where SkyPilot does: not in setup, run, name,
/// resources or num_nodes, which see exported shell variables instead.
void substitute_fields(Value& config, const Task& task) {
  std::unordered_map<std::string_view, const std::string*> values;
  for (const auto& [name, value] : task.secrets) values.emplace(name, &value.reveal());
  for (const auto& [name, value] : task.envs) values.emplace(name, &value);
  VariableLookup lookup = [&values](std::string_view name) {
    auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional<std::string>(*found->second);
  };
  for (const char* field : {"file_mounts", "service", "workdir", "volumes"}) {
    if (Value* value = config.find(field)) *value = substitute(*value, lookup);
  }
}

Result<void> read_num_nodes(const Value& config, Task& task, const Site& site) {
  constexpr int64_t kMost = 1000000;
  const Value* nodes = config.find("num_nodes");
  if (nodes == nullptr || nodes->is_null()) return {};
  auto number = to_int64(*nodes);
  if (!number || *number <= 0 || *number > kMost) {
    return site.error(
        nodes->mark, "num_nodes",
        fmt::format("num_nodes should be a positive int. Got: {}", python_str(*nodes)));
  }
  task.num_nodes = static_cast<int>(*number);
  return {};
}

std::optional<std::string> text_field(const Value& config, const char* name) {
  const Value* value = config.find(name);
  return value != nullptr && value->is_text() ? std::optional(value->text) : std::nullopt;
}

Result<void> read_workdir(const Value& config, Task& task, const Site& site,
                          const Surroundings& surroundings) {
  const Value* workdir = config.find("workdir");
  if (workdir == nullptr || workdir->is_null()) return {};
  task.workdir_line = workdir->mark.line;
  if (workdir->is_dict()) {
    task.git = GitSource{workdir->find("url")->text, text_field(*workdir, "ref")};
    return {};
  }
  task.workdir_written = workdir->text;
  auto absolute = surroundings.absolute(workdir->text);
  if (!absolute) return site.error(workdir->mark, "workdir", absolute.error().text());
  task.workdir = std::move(*absolute);
  return {};
}

void read_volumes(const Value& config, Task& task) {
  const Value* volumes = config.find("volumes");
  if (volumes == nullptr) return;
  for (const Value& place : volumes->keys)
    task.volumes.emplace_back(python_str(place), place.mark.line);
}

Result<void> read_name(const Value& config, Task& task, const Site& site) {
  task.name = text_field(config, "name");
  if (!task.name || is_task_name(*task.name)) return {};
  return site.error_in(config, "name", "name",
                       fmt::format("Invalid task name {}. Valid name: {}", *task.name, kNameRule));
}

Result<void> read_resources(const Value& config, Task& task, const Site& site) {
  const Value* resources = config.find("resources");
  if (resources == nullptr || resources->is_null()) return {};
  auto choice = build_resources(*resources, site);
  if (!choice) return tl::unexpected(choice.error());
  task.resources = std::move(*choice);
  return {};
}

Result<void> check_services(const Value& config, const Site& site) {
  const Value* service = config.find("service");
  const Value* pool = config.find("pool");
  bool has_service = service != nullptr && !service->is_null();
  bool has_pool = pool != nullptr && !pool->is_null();
  if (has_service && has_pool) {
    return site.error(pool->mark, "pool", "Cannot set both service and pool in the same task.");
  }
  return {};
}

Result<void> read_fields(const Value& config, Task& task, const Site& site,
                         const Surroundings& surroundings) {
  Result<void> good = read_name(config, task, site);
  if (good) good = read_num_nodes(config, task, site);
  if (good) good = check_services(config, site);
  if (good) good = read_resources(config, task, site);
  if (good) good = read_workdir(config, task, site, surroundings);
  if (!good) return good;
  read_volumes(config, task);
  task.setup = text_field(config, "setup");
  task.run = text_field(config, "run");
  task.event_callback = text_field(config, "event_callback");
  if (const Value* overrides = config.find("config")) task.config = *overrides;
  const Value* resources = config.find("resources");
  task.hooks = hooks_of(task.config, resources != nullptr ? *resources : Value{});
  task.job_recovery = job_recovery_of(task.resources.first());
  const Value* mounts = config.find("file_mounts");
  if (mounts == nullptr || mounts->is_null()) return {};
  auto built = build_mounts(*mounts, task.workdir || task.git, site, surroundings);
  if (!built) return failure(redacted(built.error().text(), task.secrets));
  task.file_mounts = std::move(*built);
  return {};
}

}  // namespace

Result<Task> build_task(Value config, const CliVariables& variables, const Site& site,
                        const Surroundings& surroundings) {
  Task task;
  task.line = config.mark.line;
  stringify(config, "envs");
  stringify(config, "secrets");
  Result<void> good = check_shape(config, site);
  if (!good) return tl::unexpected(good.error());
  override_variables(config, "envs", without_secrets(variables, config));
  override_variables(config, "secrets", variables.secrets);
  good = read_envs(config, task, site);
  if (good) good = read_secrets(config, task, site);
  if (!good) return tl::unexpected(good.error());
  for (std::string& line : notices_of(config)) task.notices.push_back(std::move(line));
  substitute_fields(config, task);
  good = read_fields(config, task, site, surroundings);
  if (!good) return tl::unexpected(good.error());
  return task;
}

}  // namespace skyrun
