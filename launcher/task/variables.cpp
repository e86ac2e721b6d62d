// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "launcher/task/dotenv.h"
#include "launcher/task/patterns.h"
#include "launcher/task/text_file.h"

namespace skyrun {
namespace {

using List = CliVariables::List;

void put(List& list, const std::string& name, const std::optional<std::string>& value) {
  auto known =
      std::find_if(list.begin(), list.end(), [&](const auto& v) { return v.first == name; });
  if (known != list.end()) {
    known->second = value;
  } else {
    list.emplace_back(name, value);
  }
}

Result<List> read_dotenv(const std::optional<std::string>& path, const Surroundings& surroundings,
                         std::vector<std::string>& notices) {
  if (!path) return List{};
  std::string absolute = surroundings.absolute(*path);
  std::error_code error;
  if (!std::filesystem::is_regular_file(absolute, error)) {
    return failure(
        fmt::format("Dotenv file does not exist: {}. Provide a path to an existing file, "
                    "or remove the flag.",
                    *path));
  }
  auto text = read_text_file(absolute);
  if (!text) return tl::unexpected(text.error());
  Dotenv dotenv = parse_dotenv(*text, surroundings.env);
  for (int line : dotenv.bad_lines) {
    notices.push_back(fmt::format("{}:{}: not a dotenv statement, skipped", *path, line));
  }
  return std::move(dotenv.values);
}

/// "K=V", or "K" for the local value. `kind` is "env" or "secret".
Result<void> put_argument(List& list, const std::string& argument, const char* kind,
                          const Surroundings& surroundings) {
  size_t equals = argument.find('=');
  std::string name = argument.substr(0, equals);
  if (!is_env_name(name)) return failure(fmt::format("Invalid {} key: {}", kind, name));
  if (equals != std::string::npos) {
    put(list, name, argument.substr(equals + 1));
    return {};
  }
  auto local = surroundings.env ? surroundings.env(name) : std::nullopt;
  if (!local) return failure(fmt::format("{} is not set in local environment.", name));
  put(list, name, local);
  return {};
}

Result<void> check_names(const List& list, const std::string& path) {
  for (const auto& [name, value] : list) {
    if (!is_env_name(name)) return failure(fmt::format("{}: Invalid env key: {}", path, name));
  }
  return {};
}

/// The file's own errors carry its name.
Result<List> read_file(const std::optional<std::string>& path, const Surroundings& surroundings,
                       std::vector<std::string>& notices) {
  auto list = read_dotenv(path, surroundings, notices);
  if (!list || !path) return list;
  if (auto good = check_names(*list, *path); !good) return tl::unexpected(good.error());
  return list;
}

}  // namespace

Result<CliVariables> read_variables(const Overrides& overrides, const Surroundings& surroundings) {
  CliVariables out;
  auto env_file = read_file(overrides.env_file, surroundings, out.notices);
  if (!env_file) return tl::unexpected(env_file.error());
  auto secret_file = read_file(overrides.secret_file, surroundings, out.notices);
  if (!secret_file) return tl::unexpected(secret_file.error());

  List given;
  for (const std::string& argument : overrides.envs) {
    if (auto good = put_argument(given, argument, "env", surroundings); !good) {
      return tl::unexpected(good.error());
    }
  }
  out.envs = *env_file;
  for (const auto& [name, value] : given) put(out.envs, name, value);
  for (const auto& [name, value] : *env_file) {
    bool is_given = std::any_of(given.begin(), given.end(),
                                [&n = name](const auto& v) { return v.first == n; });
    if (!is_given) put(out.secrets, name, value);
  }
  for (const auto& [name, value] : *secret_file) put(out.secrets, name, value);
  for (const std::string& argument : overrides.secrets) {
    if (auto good = put_argument(out.secrets, argument, "secret", surroundings); !good) {
      return tl::unexpected(good.error());
    }
  }
  return out;
}

}  // namespace skyrun
