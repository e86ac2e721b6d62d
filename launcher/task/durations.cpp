// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/durations.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/text.h"

namespace skyrun {
namespace {

/// Seconds in one of a unit; 0 for an unknown one.
int64_t seconds_per(std::string_view unit) {
  if (unit.empty()) return 1;
  if (unit.size() > 1) return 0;
  switch (unit[0]) {
    case 's':
    case 'S':
      return 1;
    case 'm':
    case 'M':
      return 60;
    case 'h':
    case 'H':
      return 3600;
    case 'd':
    case 'D':
      return 86400;
    case 'w':
    case 'W':
      return 604800;
    default:
      return 0;
  }
}

/// A number and a unit, or seconds when there is none.
std::optional<int64_t> parse(std::string_view text) {
  size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  auto number = to_number<int32_t>(text.substr(0, digits));
  int64_t scale = seconds_per(text.substr(digits));
  if (!number || scale == 0) return std::nullopt;
  return *number * scale;
}

std::optional<int> to_int(std::optional<int64_t> number) {
  if (!number || *number > std::numeric_limits<int>::max()) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

std::optional<int> parse_seconds(std::string_view text) {
  return to_int(parse(text));
}

std::optional<int> parse_minutes(std::string_view text) {
  if (auto plain = to_number<int32_t>(text); plain && text[0] != '-') return *plain;
  if (text.empty() || text.back() == 's' || text.back() == 'S') return std::nullopt;
  auto seconds = parse(text);
  if (seconds) *seconds /= 60;
  return to_int(seconds);
}

}  // namespace skyrun
