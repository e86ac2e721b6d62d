// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/substitute.h"

#include "launcher/task/python_text.h"

namespace skyrun {
namespace {

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_name(char c) {
  return starts_name(c) || (c >= '0' && c <= '9');
}

/// A key as json.dumps writes it.
std::string key_text(const Value& key) {
  if (key.is_null()) return "null";
  if (key.is(Value::Kind::boolean)) return key.truth ? "true" : "false";
  return python_str(key);
}

}  // namespace

std::string substitute(std::string_view text, const VariableLookup& lookup) {
  std::string out;
  for (size_t at = 0; at < text.size() && out.size() <= kMostFilledIn;) {
    size_t name = at + 1;
    if (text[at] == '$' && name < text.size() && text[name] == '{') ++name;
    if (text[at] != '$' || name >= text.size() || !starts_name(text[name])) {
      out += text[at++];
      continue;
    }
    size_t end = name;
    while (end < text.size() && continues_name(text[end])) ++end;
    auto value = lookup(text.substr(name, end - name));
    if (end < text.size() && text[end] == '}') ++end;
    out += value ? *value : std::string(text.substr(at, end - at));
    at = end;
  }
  return out;
}

Value substitute(const Value& value, const VariableLookup& lookup) {
  Value out = value;
  if (value.is_text()) out.text = substitute(value.text, lookup);
  if (value.is_list()) {
    for (Value& item : out.items) item = substitute(item, lookup);
  }
  if (!value.is_dict()) return out;
  out.keys.clear();
  out.items.clear();
  DictWriter writer(out);
  for (size_t i = 0; i < value.keys.size(); ++i) {
    const size_t place =
        writer.set(substitute(key_text(value.keys[i]), lookup), substitute(value.items[i], lookup));
    out.keys[place].mark = value.keys[i].mark;
  }
  return out;
}

}  // namespace skyrun
