// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/schema.h"

namespace skyrun {

Schema Schema::with(std::string name, Schema field) && {
  fields.push_back({std::move(name), std::move(field)});
  return std::move(*this);
}

Schema Schema::require(std::string name) && {
  required.push_back(std::move(name));
  return std::move(*this);
}

Schema Schema::matching(bool (*test)(std::string_view), std::string shown) && {
  matches = test;
  pattern = std::move(shown);
  return std::move(*this);
}

Schema Schema::one_of_words(std::vector<std::string> allowed, bool any_case) && {
  words = std::move(allowed);
  words_any_case = any_case;
  return std::move(*this);
}

Schema Schema::from(double lowest) && {
  least = lowest;
  return std::move(*this);
}

Schema Schema::to(double highest) && {
  most = highest;
  return std::move(*this);
}

Schema Schema::over(double bound) && {
  above = bound;
  return std::move(*this);
}

Schema Schema::sized(size_t smallest, size_t largest) && {
  min_size = smallest;
  max_size = largest;
  return std::move(*this);
}

Schema Schema::named(bool (*test)(std::string_view), std::string shown) && {
  names = test;
  names_pattern = std::move(shown);
  return std::move(*this);
}

Schema of_type(unsigned types) {
  Schema schema;
  schema.types = static_cast<uint8_t>(types);
  return schema;
}

Schema any_value() {
  return {};
}
Schema a_text() {
  return of_type(Schema::text);
}
Schema an_integer() {
  return of_type(Schema::integer);
}
Schema a_number() {
  return of_type(Schema::number);
}
Schema a_boolean() {
  return of_type(Schema::boolean);
}
Schema a_null() {
  return of_type(Schema::null);
}
Schema an_open_dict() {
  return of_type(Schema::dict);
}

Schema a_closed_dict() {
  Schema schema = of_type(Schema::dict);
  schema.closed = true;
  return schema;
}

Schema a_dict_of(Schema values) {
  Schema schema = of_type(Schema::dict);
  schema.others.push_back(std::move(values));
  return schema;
}

Schema a_list_of(Schema items) {
  Schema schema = of_type(Schema::list);
  schema.items.push_back(std::move(items));
  return schema;
}

Schema any_of(std::vector<Schema> choices) {
  Schema schema;
  schema.choices = std::move(choices);
  return schema;
}

}  // namespace skyrun
