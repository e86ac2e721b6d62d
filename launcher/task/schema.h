// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "launcher/task/value.h"

namespace skyrun {

struct SchemaField;

/// The shape a value must have: the part of JSON Schema that SkyPilot's schemas use
/// (sky/utils/schemas.py), written as C++ values. Built with the functions below.
struct Schema {
  enum Type : uint8_t {
    text = 1,
    integer = 2,
    number = 4,
    boolean = 8,
    null = 16,
    dict = 32,
    list = 64,
  };

  uint8_t types = 0;            ///< of Type, any of these; 0: every type
  std::vector<Schema> choices;  ///< any one of them must fit; none: no such rule

  std::vector<SchemaField> fields;
  std::vector<std::string> required;
  bool closed = false;         ///< no fields but those named
  std::vector<Schema> others;  ///< one or none: the shape of every other field
  std::vector<Schema> items;   ///< one or none: the shape of a list's items

  bool (*names)(std::string_view) = nullptr;  ///< what the other fields' names must look like
  std::string names_pattern;                  ///< the same, to show to a person

  bool (*matches)(std::string_view) = nullptr;  ///< what a text must look like
  std::string pattern;                          ///< the same, to show to a person
  std::vector<std::string> words;               ///< the texts allowed; none: all
  bool words_any_case = false;
  std::optional<double> least;
  std::optional<double> most;
  std::optional<double> above;
  size_t min_size = 0;  ///< of a text, list or dict
  size_t max_size = SIZE_MAX;
  bool unique = false;
  bool secret = false;  ///< its values never appear in an error text

  Schema with(std::string name, Schema field) &&;
  Schema require(std::string name) &&;
  Schema matching(bool (*test)(std::string_view), std::string shown) &&;
  Schema one_of_words(std::vector<std::string> allowed, bool any_case = false) &&;
  Schema from(double lowest) &&;
  Schema to(double highest) &&;
  Schema over(double bound) &&;
  Schema sized(size_t smallest, size_t largest = SIZE_MAX) &&;
  Schema named(bool (*test)(std::string_view), std::string shown) &&;
};

/// A field of a dict that is known.
struct SchemaField {
  std::string name;
  Schema schema;
};

Schema of_type(unsigned types);
Schema any_value();
Schema a_text();
Schema an_integer();
Schema a_number();
Schema a_boolean();
Schema a_null();
/// A dict with no fields but those added by with().
Schema a_closed_dict();
/// A dict whose other fields are free.
Schema an_open_dict();
Schema a_dict_of(Schema values);
Schema a_list_of(Schema items);
Schema any_of(std::vector<Schema> choices);

/// What is wrong with a value, in the words of SkyPilot's validate_schema.
struct SchemaProblem {
  std::string text;
  std::string path;  ///< of the field: "resources.cpus"; empty for the whole
  Mark mark;
};

/// The first problem of a value under `schema`, or nothing. Nulls directly under the value count as
/// absent, as SkyPilot treats them.
std::optional<SchemaProblem> find_problem(const Value& value, const Schema& schema);

}  // namespace skyrun
