// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/variables.h"

#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>

#include "launcher/task/dotenv.h"
#include "launcher/task/patterns.h"
#include "launcher/task/text_file.h"

namespace skyrun {
namespace {

using List = CliVariables::List;

/// Puts variables into a list, each name once, in the order in which they first came.
class ListWriter {
 public:
  explicit ListWriter(List& list) : list_(list) {
    for (size_t i = 0; i < list.size(); ++i) places_.emplace(list[i].first, i);
  }

  void put(const std::string& name, const std::optional<std::string>& value) {
    const auto [place, is_new] = places_.emplace(name, list_.size());
    if (is_new) {
      list_.emplace_back(name, value);
    } else {
      list_[place->second].second = value;
    }
  }

  bool has(const std::string& name) const { return places_.contains(name); }

 private:
  List& list_;
  std::unordered_map<std::string, size_t> places_;
};

Result<List> read_dotenv(const std::optional<std::string>& path, const Surroundings& surroundings,
                         std::vector<std::string>& notices) {
  if (!path) return List{};
  auto absolute = surroundings.absolute(*path);
  if (!absolute) return tl::unexpected(std::move(absolute.error()));
  std::error_code error;
  if (!std::filesystem::is_regular_file(*absolute, error)) {
    return failure(
        fmt::format("Dotenv file does not exist: {}. Provide a path to an existing file, "
                    "or remove the flag.",
                    *path));
  }
  auto text = read_text_file(*absolute);
  if (!text) return tl::unexpected(text.error());
  Dotenv dotenv = parse_dotenv(*text, surroundings.env);
  if (dotenv.too_long)
    return failure(
        fmt::format("{}:{}: the value grows beyond 1 MiB when other variables are filled "
                    "in",
                    *path, *dotenv.too_long));
  for (int line : dotenv.bad_lines) {
    notices.push_back(fmt::format("{}:{}: not a dotenv statement, skipped", *path, line));
  }
  return std::move(dotenv.values);
}

/// "K=V", or "K" for the local value. `kind` is "env" or "secret".
Result<void> put_argument(ListWriter& list, const std::string& argument, const char* kind,
                          const Surroundings& surroundings) {
  size_t equals = argument.find('=');
  std::string name = argument.substr(0, equals);
  if (!is_env_name(name)) return failure(fmt::format("Invalid {} key: {}", kind, name));
  if (equals != std::string::npos) {
    list.put(name, argument.substr(equals + 1));
    return {};
  }
  auto local = surroundings.env ? surroundings.env(name) : std::nullopt;
  if (!local) return failure(fmt::format("{} is not set in local environment.", name));
  list.put(name, local);
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

  List given_list;
  ListWriter given(given_list);
  for (const std::string& argument : overrides.envs) {
    if (auto good = put_argument(given, argument, "env", surroundings); !good) {
      return tl::unexpected(good.error());
    }
  }
  out.envs = *env_file;
  ListWriter envs(out.envs);
  for (const auto& [name, value] : given_list) envs.put(name, value);
  ListWriter secrets(out.secrets);
  for (const auto& [name, value] : *env_file) {
    if (!given.has(name)) secrets.put(name, value);
  }
  for (const auto& [name, value] : *secret_file) secrets.put(name, value);
  for (const std::string& argument : overrides.secrets) {
    if (auto good = put_argument(secrets, argument, "secret", surroundings); !good) {
      return tl::unexpected(good.error());
    }
  }
  return out;
}

}  // namespace skyrun
