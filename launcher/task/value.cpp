// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/value.h"

#include <charconv>

namespace skyrun {
namespace {

std::optional<size_t> index_of(const Value& dict, std::string_view key) {
  if (!dict.is_dict()) return std::nullopt;
  for (size_t i = 0; i < dict.keys.size(); ++i) {
    if (dict.keys[i].is_text() && dict.keys[i].text == key) return i;
  }
  return std::nullopt;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  auto i = index_of(*this, key);
  return i ? &items[*i] : nullptr;
}

Value* Value::find(std::string_view key) {
  auto i = index_of(*this, key);
  return i ? &items[*i] : nullptr;
}

void Value::set(std::string_view key, Value value) {
  if (Value* found = find(key)) {
    *found = std::move(value);
    return;
  }
  keys.push_back(text_value(std::string(key), value.mark));
  items.push_back(std::move(value));
}

void Value::erase(std::string_view key) {
  auto i = index_of(*this, key);
  if (!i) return;
  keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(*i));
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*i));
}

DictWriter::DictWriter(Value& dict) : dict_(dict) {
  for (size_t i = 0; i < dict.keys.size(); ++i) {
    if (dict.keys[i].is_text()) places_.emplace(dict.keys[i].text, i);
  }
}

size_t DictWriter::set(const std::string& key, Value value) {
  const auto [place, is_new] = places_.emplace(key, dict_.keys.size());
  if (is_new) {
    dict_.keys.push_back(text_value(key, value.mark));
    dict_.items.push_back(std::move(value));
  } else {
    dict_.items[place->second] = std::move(value);
  }
  return place->second;
}

Value text_value(std::string text, Mark mark) {
  Value value;
  value.kind = Value::Kind::text;
  value.text = std::move(text);
  value.mark = mark;
  return value;
}

Value integer_value(int64_t number, Mark mark) {
  Value value;
  value.kind = Value::Kind::integer;
  value.number = static_cast<double>(number);
  value.text = std::to_string(number);
  value.mark = mark;
  return value;
}

Value boolean_value(bool truth, Mark mark) {
  Value value;
  value.kind = Value::Kind::boolean;
  value.truth = truth;
  value.mark = mark;
  return value;
}

Value dict_value(Mark mark) {
  Value value;
  value.kind = Value::Kind::dict;
  value.mark = mark;
  return value;
}

std::optional<int64_t> to_int64(const Value& value) {
  if (!value.is(Value::Kind::integer)) return std::nullopt;
  int64_t number = 0;
  const char* end = value.text.data() + value.text.size();
  auto [stop, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace skyrun
