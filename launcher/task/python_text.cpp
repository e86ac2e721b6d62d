// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/python_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/number_text.h"
#include "core/utf8.h"

namespace skyrun {
namespace {

/// Code points that Python's str.isprintable() says no to, coarsely by block: controls, separators
/// other than the space, format characters, surrogates and private use.
bool is_printable(char32_t c) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  constexpr auto kHidden = std::to_array<Range>(
      {{0x0, 0x1f},      {0x7f, 0xa0},     {0xad, 0xad},       {0x378, 0x379},
       {0x600, 0x605},   {0x61c, 0x61c},   {0x6dd, 0x6dd},     {0x70f, 0x70f},
       {0x1680, 0x1680}, {0x180e, 0x180e}, {0x2000, 0x200f},   {0x2028, 0x202f},
       {0x205f, 0x206f}, {0x3000, 0x3000}, {0xd800, 0xf8ff},   {0xfeff, 0xfeff},
       {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff}});
  return std::none_of(kHidden.begin(), kHidden.end(),
                      [c](Range r) { return c >= r.first && c <= r.last; });
}

std::string escaped(char32_t c) {
  auto code = static_cast<uint32_t>(c);
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  if (code < 0x100) return fmt::format("\\x{:02x}", code);
  if (code < 0x10000) return fmt::format("\\u{:04x}", code);
  return fmt::format("\\U{:08x}", code);
}

std::string list_repr(const Value& list) {
  std::string out = "[";
  for (size_t i = 0; i < list.items.size(); ++i) {
    if (i > 0) out += ", ";
    out += python_repr(list.items[i]);
  }
  return out + "]";
}

std::string dict_repr(const Value& dict) {
  std::string out = "{";
  for (size_t i = 0; i < dict.items.size(); ++i) {
    if (i > 0) out += ", ";
    out += python_repr(dict.keys[i]) + ": " + python_repr(dict.items[i]);
  }
  return out + "}";
}

int digits_at(std::string_view text, size_t at, size_t count) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + count, number);
  return number;
}

/// timezone part of a datetime's repr, from "+HH:MM" or "-HH:MM".
std::string zone_repr(std::string_view zone) {
  int minutes = digits_at(zone, 1, 2) * 60 + digits_at(zone, 4, 2);
  if (minutes == 0) return ", tzinfo=datetime.timezone.utc";
  // Python keeps a negative offset as a whole day less plus seconds.
  std::string delta = zone[0] == '-' ? fmt::format("days=-1, seconds={}", 86400 - minutes * 60)
                                     : fmt::format("seconds={}", minutes * 60);
  return fmt::format(", tzinfo=datetime.timezone(datetime.timedelta({}))", delta);
}

/// From the str() form, whose columns are fixed: "YYYY-MM-DD[ HH:MM:SS[.ffffff][±HH:MM]]".
std::string timestamp_repr(std::string_view text) {
  std::string date = fmt::format("{}, {}, {}", digits_at(text, 0, 4), digits_at(text, 5, 2),
                                 digits_at(text, 8, 2));
  if (text.size() == 10) return "datetime.date(" + date + ")";
  int second = digits_at(text, 17, 2);
  std::string out = fmt::format("datetime.datetime({}, {}, {}", date, digits_at(text, 11, 2),
                                digits_at(text, 14, 2));
  std::string_view rest = text.substr(19);
  int micro = 0;
  if (!rest.empty() && rest[0] == '.') {
    micro = digits_at(rest, 1, 6);
    rest.remove_prefix(7);
  }
  if (second != 0 || micro != 0) out += fmt::format(", {}", second);
  if (micro != 0) out += fmt::format(", {}", micro);
  if (!rest.empty()) out += zone_repr(rest);
  return out + ")";
}

}  // namespace

std::string python_repr(std::string_view text) {
  bool single = text.find('\'') != std::string_view::npos;
  char quote = single && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out(1, quote);
  for (size_t at = 0; at < text.size();) {
    Utf8Char front = front_char(text.substr(at));
    char32_t code = front.code_point;
    std::string_view bytes = text.substr(at, front.length);
    at += front.length;
    if (code == static_cast<char32_t>(quote) || code == '\\') {
      out += '\\';
      out += bytes;
    } else {
      out += is_printable(code) ? std::string(bytes) : escaped(code);
    }
  }
  return out + quote;
}

std::string python_repr(const Value& value) {
  switch (value.kind) {
    case Value::Kind::text:
      return python_repr(std::string_view(value.text));
    case Value::Kind::timestamp:
      return timestamp_repr(value.text);
    case Value::Kind::list:
      return list_repr(value);
    case Value::Kind::dict:
      return dict_repr(value);
    default:
      return python_str(value);
  }
}

std::string python_str(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return "None";
    case Value::Kind::boolean:
      return value.truth ? "True" : "False";
    case Value::Kind::real:
      return python_float(value.number);
    case Value::Kind::list:
    case Value::Kind::dict:
      return python_repr(value);
    default:
      return value.text;
  }
}

}  // namespace skyrun
