// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/timestamp.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace skyrun {
namespace {

struct Stamp {
  int year = 0;
  int month = 0;
  int day = 0;
  bool has_time = false;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string fraction;             // digits, none when absent
  std::optional<int> zone_minutes;  // east of UTC
  size_t date_digits = 0;           // characters of the date: a bare date must have ten
};

/// Takes `least` to `most` digits off the front.
std::optional<int> take_number(std::string_view& rest, size_t least, size_t most) {
  size_t count = 0;
  while (count < most && count < rest.size() && rest[count] >= '0' && rest[count] <= '9') ++count;
  if (count < least) return std::nullopt;
  int number = 0;
  std::from_chars(rest.data(), rest.data() + count, number);
  rest.remove_prefix(count);
  return number;
}

bool take(std::string_view& rest, char wanted) {
  if (rest.empty() || rest[0] != wanted) return false;
  rest.remove_prefix(1);
  return true;
}

size_t take_blanks(std::string_view& rest) {
  size_t count = std::min(rest.find_first_not_of(" \t"), rest.size());
  rest.remove_prefix(count);
  return count;
}

bool take_field(std::string_view& rest, size_t least, size_t most, int& field) {
  auto number = take_number(rest, least, most);
  if (number) field = *number;
  return number.has_value();
}

/// "Z", "+5", "-05:30" or nothing, after optional blanks.
bool take_zone(std::string_view& rest, Stamp& stamp) {
  if (rest.empty()) return true;
  take_blanks(rest);
  if (take(rest, 'Z')) {
    stamp.zone_minutes = 0;
    return true;
  }
  bool west = !rest.empty() && rest[0] == '-';
  if (!take(rest, '+') && !take(rest, '-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!take_field(rest, 1, 2, hours)) return false;
  if (take(rest, ':') && !take_field(rest, 2, 2, minutes)) return false;
  stamp.zone_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return true;
}

bool take_time(std::string_view& rest, Stamp& stamp) {
  if (!take(rest, 'T') && !take(rest, 't') && take_blanks(rest) == 0) return false;
  stamp.has_time = true;
  if (!take_field(rest, 1, 2, stamp.hour) || !take(rest, ':')) return false;
  if (!take_field(rest, 2, 2, stamp.minute) || !take(rest, ':')) return false;
  if (!take_field(rest, 2, 2, stamp.second)) return false;
  if (take(rest, '.')) {
    size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    stamp.fraction = rest.substr(0, digits);
    rest.remove_prefix(digits);
  }
  return take_zone(rest, stamp);
}

std::optional<Stamp> parse(std::string_view text) {
  Stamp stamp;
  std::string_view rest = text;
  if (!take_field(rest, 4, 4, stamp.year) || !take(rest, '-')) return std::nullopt;
  if (!take_field(rest, 1, 2, stamp.month) || !take(rest, '-')) return std::nullopt;
  if (!take_field(rest, 1, 2, stamp.day)) return std::nullopt;
  stamp.date_digits = text.size() - rest.size();
  if (rest.empty()) return stamp.date_digits == 10 ? std::optional(stamp) : std::nullopt;
  if (!take_time(rest, stamp) || !rest.empty()) return std::nullopt;
  return stamp;
}

/// Ranges as Python's datetime has them.
bool exists(const Stamp& stamp) {
  using namespace std::chrono;
  year_month_day date{year{stamp.year}, month{static_cast<unsigned>(stamp.month)},
                      day{static_cast<unsigned>(stamp.day)}};
  int zone = stamp.zone_minutes.value_or(0);
  return stamp.year >= 1 && date.ok() && stamp.hour < 24 && stamp.minute < 60 &&
         stamp.second < 60 && zone > -24 * 60 && zone < 24 * 60;
}

std::string printed(const Stamp& stamp) {
  std::string out = fmt::format("{:04}-{:02}-{:02}", stamp.year, stamp.month, stamp.day);
  if (!stamp.has_time) return out;
  out += fmt::format(" {:02}:{:02}:{:02}", stamp.hour, stamp.minute, stamp.second);
  std::string micros = (stamp.fraction + "000000").substr(0, 6);
  if (micros != "000000") out += "." + micros;
  if (stamp.zone_minutes) {
    int zone = *stamp.zone_minutes;
    out += fmt::format("{}{:02}:{:02}", zone < 0 ? '-' : '+', std::abs(zone) / 60,
                       std::abs(zone) % 60);
  }
  return out;
}

}  // namespace

bool looks_like_timestamp(std::string_view text) {
  return parse(text).has_value();
}

Result<Value> construct_timestamp(std::string_view text) {
  auto stamp = parse(text);
  if (!stamp || !exists(*stamp)) {
    return failure("not a date or time that exists: quote it to keep it as text");
  }
  Value value;
  value.kind = Value::Kind::timestamp;
  value.text = printed(*stamp);
  return value;
}

}  // namespace skyrun
