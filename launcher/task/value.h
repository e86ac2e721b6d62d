// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace skyrun {

/// Where a value stands in its file, both counted from 1; line 0 means "not from a file".
struct Mark {
  int line = 0;
  int column = 0;
};

/// A YAML value as Python would hold it after PyYAML's safe_load: what the rest of the task loader
/// works on. Dicts keep the order of the file. Values are copied freely and know nothing of YAML.
struct Value {
  enum class Kind : uint8_t { null, boolean, integer, real, text, timestamp, list, dict };

  Kind kind = Kind::null;
  bool truth = false;        ///< boolean
  double number = 0;         ///< integer (nearest double) and real
  std::string text;          ///< text; integer: its decimal digits; timestamp: as str() prints it
  std::vector<Value> keys;   ///< dict: as many as items
  std::vector<Value> items;  ///< list and dict
  Mark mark;

  bool is(Kind other) const { return kind == other; }
  bool is_null() const { return kind == Kind::null; }
  bool is_text() const { return kind == Kind::text; }
  bool is_list() const { return kind == Kind::list; }
  bool is_dict() const { return kind == Kind::dict; }
  bool is_number() const { return kind == Kind::integer || kind == Kind::real; }

  /// The value under a text key of a dict; null when there is none (or this is no dict).
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);

  /// Sets a text key of a dict: in place when it is there, else at the end.
  void set(std::string_view key, Value value);

  /// Takes a text key out of a dict; nothing when it is not there.
  void erase(std::string_view key);
};

/// Sets many text keys of one dict, each as Value::set() does, in time that grows with their number
/// alone. Nobody else changes the dict meanwhile.
class DictWriter {
 public:
  explicit DictWriter(Value& dict);

  /// Where it stands in the dict.
  size_t set(const std::string& key, Value value);

 private:
  Value& dict_;
  std::unordered_map<std::string, size_t> places_;
};

Value text_value(std::string text, Mark mark = {});
Value integer_value(int64_t number, Mark mark = {});
Value boolean_value(bool truth, Mark mark = {});
Value dict_value(Mark mark = {});

/// The integer, when the value is one that fits; nothing otherwise.
std::optional<int64_t> to_int64(const Value& value);

}  // namespace skyrun
