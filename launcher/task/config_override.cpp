// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/config_override.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/task/scalar.h"

namespace skyrun {
namespace {

/// The value of a key in a dict, as a dict: made where the key is not there, null where the key
/// holds something else.
Value* inner_dict(Value& dict, std::string_view key) {
  const Value* found = dict.find(key);
  if (found == nullptr || found->is_null()) dict.set(key, dict_value());
  Value* inner = dict.find(key);
  return inner->is_dict() ? inner : nullptr;
}

bool set_at(Value& config, std::string_view path, Value value) {
  Value* dict = &config;
  for (size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    if (dot == 0) return false;
    dict = inner_dict(*dict, path.substr(0, dot));
    if (dict == nullptr) return false;
    path.remove_prefix(dot + 1);
  }
  if (path.empty()) return false;
  dict->set(path, std::move(value));
  return true;
}

}  // namespace

Result<void> override_config(Value& config, const std::string& text) {
  if (config.is_null()) config = dict_value();
  for (const auto pair : split(text, ',')) {
    const size_t equals = pair.find('=');
    auto value = resolve_scalar(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    const bool good = equals != std::string_view::npos && value.has_value() &&
                      set_at(config, trim(pair.substr(0, equals)), std::move(*value));
    if (good) continue;
    return failure(
        fmt::format("--config: Invalid config override: {}. It takes the form "
                    "key1=value1,key2.key3=value2",
                    pair));
  }
  return {};
}

}  // namespace skyrun
