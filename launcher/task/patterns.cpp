// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/patterns.h"

#include <algorithm>
#include <string>

#include "core/text.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_letter(c) || is_digit(c);
}

/// What stands after one or more digits; nothing when no digit is there.
std::optional<std::string_view> after_digits(std::string_view text) {
  size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  if (count == 0) return std::nullopt;
  return text.substr(count);
}

}  // namespace

bool is_env_name(std::string_view text) {
  if (text.empty() || is_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_'; });
}

bool is_task_name(std::string_view text) {
  size_t separators = 1;  // in a row; a name cannot begin with one, hence not 0
  bool started = false;
  for (char c : text) {
    if (is_alphanumeric(c)) {
      separators = 0;
      started = true;
    } else if (!started || (c != '.' && c != '_' && c != '-') || ++separators > 2) {
      return false;
    }
  }
  return started && separators == 0;
}

bool is_memory_size(std::string_view text) {
  auto unit = after_digits(text);
  if (!unit) return false;
  if (unit->empty()) return true;
  if (unit->size() != 2) return false;
  char scale = (*unit)[0];
  char kind = (*unit)[1];
  bool small = std::string_view("kmgtp").find(scale) != std::string_view::npos;
  bool large = std::string_view("KMGTP").find(scale) != std::string_view::npos;
  return ((small || large) && (kind == 'b' || kind == 'i')) ||
         (large && (kind == 'B' || kind == 'I'));
}

bool is_cache_size(std::string_view text) {
  auto unit = after_digits(text);
  if (!unit) return false;
  return unit->empty() ||
         (unit->size() == 1 && std::string_view("bkmgtpBKMGTP").find((*unit)[0]) < 12);
}

bool is_cache_time(std::string_view text) {
  size_t numbers = 0;
  bool plain = false;
  while (!text.empty()) {
    if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
    size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(whole);
    if (auto fraction = text.substr(0, 1) == "." ? after_digits(text.substr(1)) : std::nullopt) {
      text = *fraction;
    } else if (whole == 0) {
      return false;
    }
    size_t unit = text.substr(0, 2) == "ms"                       ? 2
                  : std::string_view("smhdwMy").find(text[0]) < 7 ? 1
                                                                  : 0;
    if (text.empty()) unit = 0;
    plain = plain || unit == 0;
    text.remove_prefix(unit);
    ++numbers;
  }
  return numbers == 1 || (numbers > 1 && !plain);
}

bool is_minutes(std::string_view text) {
  auto unit = after_digits(text);
  if (!unit) return false;
  return unit->empty() || (unit->size() == 1 && std::string_view("mhdwMHDW").find((*unit)[0]) < 8);
}

bool is_infra(std::string_view text) {
  std::vector<std::string_view> parts = split(text, '/');
  std::string cloud = lower_case(parts[0]);
  if (cloud == "k8s" || cloud == "kubernetes") {
    return parts.size() == 1 || text.size() > parts[0].size() + 1;
  }
  const auto& clouds = cloud_names();
  bool known = parts[0] == "*" || std::find(clouds.begin(), clouds.end(), cloud) != clouds.end();
  return known && parts.size() <= 3 &&
         std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.empty(); });
}

bool is_accelerator_memory(std::string_view text) {
  auto unit = after_digits(text);
  if (!unit || unit->size() < 2 || unit->size() > 3) return false;
  std::string lower = lower_case(*unit);
  return std::string_view("gmt").find(lower[0]) != std::string_view::npos && lower[1] == 'b' &&
         (lower.size() == 2 || lower[2] == '+');
}

}  // namespace skyrun
