// SPDX-License-Identifier: Apache-2.0
//
// Checks a value against a Schema. Order and wording are those of the Python library jsonschema as
// SkyPilot's common_utils.validate_schema uses it: the first problem counts, found in the order
// type, required, unknown fields, fields; a value that fits none of several shapes is reported by
// the problem of the shape it comes nearest to (jsonschema.exceptions.best_match).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/nearest.h"
#include "core/number_text.h"
#include "launcher/task/python_text.h"
#include "launcher/task/schema.h"

namespace skyrun {
namespace {

constexpr size_t kEnoughProblems = 64;
constexpr size_t kLongestShown = 200;

struct Problem {
  std::string text;
  std::vector<std::string> path;  ///< from the value that was checked
  Mark mark;
  bool is_choice = false;     ///< fits none of several shapes; jsonschema calls it weak
  bool matches_type = false;  ///< at least the type was right
  bool is_unknown_field = false;
  const Value* value = nullptr;
  const Schema* schema = nullptr;
  std::vector<Problem> context;  ///< of a choice: what each shape found
};

using Problems = std::vector<Problem>;

void find(const Value& value, const Schema& schema, Problems& found);

/// 2.0 is an integer to JSON Schema.
bool is_whole(double number) {
  return std::isfinite(number) && std::floor(number) == number;
}

unsigned types_of(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return Schema::null;
    case Value::Kind::boolean:
      return Schema::boolean;
    case Value::Kind::integer:
      return Schema::integer | Schema::number;
    case Value::Kind::real:
      return is_whole(value.number) ? Schema::number | Schema::integer : Schema::number;
    case Value::Kind::text:
      return Schema::text;
    case Value::Kind::timestamp:
      return 0;
    case Value::Kind::list:
      return Schema::list;
    case Value::Kind::dict:
      return Schema::dict;
  }
  return 0;
}

std::string type_names(unsigned types) {
  // In the order SkyPilot's schemas list them; 'dict' is its word for JSON's object.
  constexpr std::pair<unsigned, const char*> kNames[] = {
      {Schema::text, "'string'"},     {Schema::integer, "'integer'"}, {Schema::number, "'number'"},
      {Schema::boolean, "'boolean'"}, {Schema::dict, "'dict'"},       {Schema::list, "'array'"},
      {Schema::null, "'null'"}};
  std::string out;
  for (auto [type, name] : kNames) {
    if ((types & type) != 0) out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

std::string shown(const Value& value, const Schema& schema) {
  if (schema.secret) return "<redacted>";
  std::string text = python_repr(value);
  if (text.size() <= kLongestShown) return text;
  size_t end = kLongestShown;
  while ((static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return text.substr(0, end) + "...";
}

void add(const Value& value, const Schema& schema, std::string text, Problems& found) {
  Problem problem;
  problem.text = std::move(text);
  problem.mark = value.mark;
  problem.matches_type = schema.types != 0 && (types_of(value) & schema.types) != 0;
  problem.value = &value;
  problem.schema = &schema;
  found.push_back(std::move(problem));
}

/// Checks a part of a value; its problems get the part's name in front of their path.
void descend(const Value& part, const Schema& schema, const std::string& name, Problems& found) {
  size_t before = found.size();
  if (before >= kEnoughProblems) return;
  find(part, schema, found);
  for (size_t i = before; i < found.size(); ++i) {
    found[i].path.insert(found[i].path.begin(), name);
  }
}

const Schema* field_of(const Schema& schema, const std::string& name) {
  for (const auto& [known, field] : schema.fields) {
    if (known == name) return &field;
  }
  return nullptr;
}

bool is_other(const Value& key, const Schema& schema) {
  return !key.is_text() || field_of(schema, key.text) == nullptr;
}

std::string joined(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void find_unknown_fields(const Value& dict, const Schema& schema, Problems& found) {
  std::vector<std::string> unknown;
  Mark first;
  for (const Value& key : dict.keys) {
    if (!is_other(key, schema)) continue;
    if (schema.names != nullptr && key.is_text() && schema.names(key.text)) continue;
    if (unknown.empty()) first = key.mark;
    unknown.push_back(python_repr(key));
  }
  if (unknown.empty()) return;
  bool one = unknown.size() == 1;
  std::string text = schema.names != nullptr
                         ? fmt::format("{} {} not match any of the regexes: {}", joined(unknown),
                                       one ? "does" : "do", python_repr(schema.names_pattern))
                         : fmt::format("Additional properties are not allowed ({} {} unexpected)",
                                       joined(unknown), one ? "was" : "were");
  add(dict, schema, std::move(text), found);
  found.back().mark = first;
  found.back().is_unknown_field = schema.names == nullptr;
}

void find_in_dict(const Value& dict, const Schema& schema, Problems& found) {
  for (const std::string& name : schema.required) {
    if (dict.find(name) == nullptr) {
      add(dict, schema, python_repr(name) + " is a required property", found);
    }
  }
  if (schema.closed || schema.names != nullptr) find_unknown_fields(dict, schema, found);
  for (const auto& [name, field] : schema.fields) {
    if (const Value* part = dict.find(name)) descend(*part, field, name, found);
  }
  if (schema.others.empty()) return;
  for (size_t i = 0; i < dict.keys.size(); ++i) {
    if (!is_other(dict.keys[i], schema)) continue;
    descend(dict.items[i], schema.others[0], python_str(dict.keys[i]), found);
  }
}

void find_in_list(const Value& list, const Schema& schema, Problems& found) {
  for (size_t i = 0; !schema.items.empty() && i < list.items.size(); ++i) {
    descend(list.items[i], schema.items[0], fmt::format("[{}]", i), found);
  }
  if (!schema.unique) return;
  std::vector<std::string> seen;
  for (const Value& item : list.items) seen.push_back(python_repr(item));
  std::sort(seen.begin(), seen.end());
  if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) {
    add(list, schema, shown(list, schema) + " has non-unique elements", found);
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool is_allowed_word(const std::string& text, const Schema& schema) {
  return std::any_of(schema.words.begin(), schema.words.end(), [&](const std::string& word) {
    return schema.words_any_case ? lower(word) == lower(text) : word == text;
  });
}

void find_in_text(const Value& value, const Schema& schema, Problems& found) {
  if (schema.matches != nullptr && !schema.matches(value.text)) {
    add(value, schema,
        fmt::format("{} does not match {}", shown(value, schema), python_repr(schema.pattern)),
        found);
  }
  if (!schema.words.empty() && !is_allowed_word(value.text, schema)) {
    Value words;
    words.kind = Value::Kind::list;
    for (const std::string& word : schema.words) words.items.push_back(text_value(word));
    add(value, schema, fmt::format("{} is not one of {}", shown(value, schema), python_repr(words)),
        found);
  }
}

/// A bound of the schema, as it is written there.
std::string bound(double number) {
  return std::floor(number) == number ? fmt::format("{:.0f}", number) : python_float(number);
}

void find_in_number(const Value& value, const Schema& schema, Problems& found) {
  std::string text = shown(value, schema);
  if (schema.least && value.number < *schema.least) {
    add(value, schema, fmt::format("{} is less than the minimum of {}", text, bound(*schema.least)),
        found);
  }
  if (schema.most && value.number > *schema.most) {
    add(value, schema,
        fmt::format("{} is greater than the maximum of {}", text, bound(*schema.most)), found);
  }
  if (schema.above && value.number <= *schema.above) {
    add(value, schema,
        fmt::format("{} is less than or equal to the minimum of {}", text, bound(*schema.above)),
        found);
  }
}

void check_size(const Value& value, const Schema& schema, Problems& found) {
  size_t size = value.is_text() ? value.text.size() : value.items.size();
  if (size < schema.min_size) {
    add(value, schema,
        shown(value, schema) + (schema.min_size == 1 ? " should be non-empty" : " is too short"),
        found);
  }
  if (size <= schema.max_size) return;
  add(value, schema,
      shown(value, schema) + (value.is_dict() ? " has too many properties" : " is too long"),
      found);
}

void find_choice(const Value& value, const Schema& schema, Problems& found) {
  Problems all;
  for (const Schema& choice : schema.choices) {
    size_t before = all.size();
    find(value, choice, all);
    if (all.size() == before) return;
  }
  add(value, schema, shown(value, schema) + " is not valid under any of the given schemas", found);
  found.back().is_choice = true;
  found.back().context = std::move(all);
}

void find(const Value& value, const Schema& schema, Problems& found) {
  if (schema.types != 0 && (types_of(value) & schema.types) == 0) {
    add(value, schema,
        fmt::format("{} is not of type {}", shown(value, schema), type_names(schema.types)), found);
  }
  if (!schema.choices.empty()) find_choice(value, schema, found);
  if (value.is_dict()) find_in_dict(value, schema, found);
  if (value.is_list()) find_in_list(value, schema, found);
  if (value.is_text()) find_in_text(value, schema, found);
  if (value.is_number()) find_in_number(value, schema, found);
  if (value.is_text() || value.is_list() || value.is_dict()) check_size(value, schema, found);
}

/// Whether `a` says more to the point than `b`: jsonschema's relevance, smallest first.
bool says_more(const Problem& a, const Problem& b) {
  if (a.path.size() != b.path.size()) return a.path.size() > b.path.size();
  if (a.path != b.path) return a.path < b.path;
  if (a.is_choice != b.is_choice) return a.is_choice;
  return a.matches_type && !b.matches_type;
}

/// Follows a choice down to the problem that says most, unless two say as much.
Problem best_of(Problem problem) {
  while (!problem.context.empty()) {
    Problems all = std::move(problem.context);
    std::stable_sort(all.begin(), all.end(), says_more);
    bool tie = all.size() > 1 && !says_more(all[0], all[1]) && !says_more(all[1], all[0]);
    if (tie) return problem;
    Problem best = std::move(all[0]);
    best.path.insert(best.path.begin(), problem.path.begin(), problem.path.end());
    problem = std::move(best);
  }
  return problem;
}

std::string rendered(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& part : path) {
    if (!out.empty() && part[0] != '[') out += '.';
    out += part;
  }
  return out;
}

/// SkyPilot's own words for fields that are not known.
std::string unknown_fields_text(const Problem& problem) {
  std::vector<std::string> known;
  for (const auto& [name, field] : problem.schema->fields) known.push_back(name);
  std::string out;
  for (const Value& key : problem.value->keys) {
    if (!is_other(key, *problem.schema)) continue;
    auto near = key.is_text() ? nearest_name(key.text, known) : std::nullopt;
    if (!out.empty()) out += ' ';
    out += near ? fmt::format("Instead of {}, did you mean {}?", python_repr(key),
                              python_repr(std::string_view(*near)))
                : fmt::format("Found unsupported field {}.", python_repr(key));
  }
  return out;
}

Value without_nulls(const Value& value) {
  if (!value.is_dict()) return value;
  Value out = dict_value(value.mark);
  for (size_t i = 0; i < value.keys.size(); ++i) {
    if (value.items[i].is_null()) continue;
    out.keys.push_back(value.keys[i]);
    out.items.push_back(value.items[i]);
  }
  return out;
}

}  // namespace

std::optional<SchemaProblem> find_problem(const Value& value, const Schema& schema) {
  Value present = without_nulls(value);
  Problems found;
  find(present, schema, found);
  if (found.empty()) return std::nullopt;
  if (found[0].is_unknown_field) {
    return SchemaProblem{unknown_fields_text(found[0]), rendered(found[0].path), found[0].mark};
  }
  Problem best = best_of(std::move(found[0]));
  return SchemaProblem{std::move(best.text), rendered(best.path), best.mark};
}

}  // namespace skyrun
