// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/number_text.h"
#include "core/text.h"
#include "launcher/task/python_text.h"
#include "launcher/task/words.h"

namespace skyrun {
namespace {

/// GiB in one of a unit; nothing for an unknown one. KB and Ki are both 1024 bytes here.
std::optional<double> gib_per(std::string_view unit) {
  if (unit.size() != 2 || (unit[1] != 'b' && unit[1] != 'i')) return std::nullopt;
  switch (unit[0]) {
    case 'k':
      return 1.0 / (1024.0 * 1024.0);
    case 'm':
      return 1.0 / 1024.0;
    case 'g':
      return 1.0;
    case 't':
      return 1024.0;
    case 'p':
      return 1024.0 * 1024.0;
    default:
      return std::nullopt;
  }
}

tl::unexpected<Error> bad_memory(std::string_view field, std::string_view text, bool plus_allowed) {
  return failure(fmt::format(
      "\"{}\" field should be a number (e.g. \"16\") or \"<number><unit>\" where unit is one of "
      "KB/MB/GB/TB/PB (e.g. \"16GB\"){}. Got: {}",
      field, plus_allowed ? " or \"<number>+\" for \"at least\"" : "", python_repr(text)));
}

/// The digits without the underscores that Python allows between two of them; nothing when one
/// stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
      continue;
    }
    auto digit = [&](size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    if (i == 0 || !digit(i - 1) || !digit(i + 1)) return std::nullopt;
  }
  return out;
}

std::optional<double> special(std::string_view text) {
  std::string lower = lower_case(text);
  if (lower == "inf" || lower == "infinity") return std::numeric_limits<double>::infinity();
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

}  // namespace

std::optional<double> to_float(std::string_view text) {
  text = trim(text);
  bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  auto digits = without_underscores(text);
  if (!digits || digits->empty()) return std::nullopt;
  if (auto word = special(*digits)) return negative ? -*word : *word;
  if (digits->find_first_not_of("0123456789.eE+-") != std::string::npos) return std::nullopt;
  if ((*digits)[0] == '-' || (*digits)[0] == '+') return std::nullopt;
  double number = 0;
  const char* last = digits->data() + digits->size();
  auto [end, error] = std::from_chars(digits->data(), last, number);
  if (end != last || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    bool tiny = digits->find("e-") != std::string::npos || digits->find("E-") != std::string::npos;
    number = tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  return negative ? -number : number;
}

Result<Quantity> parse_cpus(std::string_view text) {
  Quantity out;
  std::string_view number = text;
  out.or_more = !number.empty() && number.back() == '+';
  if (out.or_more) number.remove_suffix(1);
  auto amount = to_float(number);
  if (!amount) {
    return failure(
        fmt::format("The \"cpus\" field should be either a number or a string "
                    "\"<number>+\". Found: {}",
                    python_repr(text)));
  }
  if (!(*amount > 0) || std::isinf(*amount)) {
    return failure(
        fmt::format("The \"cpus\" field should be positive. Found: {}", python_repr(text)));
  }
  out.amount = *amount;
  out.written = text;
  return out;
}

Result<Quantity> parse_memory(std::string_view text, bool zero_allowed) {
  Quantity out;
  std::string_view number = text;
  out.or_more = !number.empty() && number.back() == '+';
  if (out.or_more) number.remove_suffix(1);
  auto amount = to_float(number);
  out.written = text;
  if (!amount && number.size() > 2) {
    auto unit = gib_per(lower_case(number.substr(number.size() - 2)));
    amount = to_float(number.substr(0, number.size() - 2));
    if (!unit) amount.reset();
    if (amount) {
      amount = *amount * *unit;
      out.written = python_float(*amount) + (out.or_more ? "+" : "");
    }
  }
  if (!amount) return bad_memory("memory", text, true);
  if (!(*amount >= 0) || std::isinf(*amount) || (*amount == 0 && !zero_allowed)) {
    return failure(
        fmt::format("The \"memory\" field should be positive. Found: {}", python_repr(text)));
  }
  out.amount = *amount;
  return out;
}

Result<int> parse_whole_gib(std::string_view text, std::string_view field) {
  std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  std::string_view unit = text.substr(digits.size());
  auto number = to_number<int64_t>(digits);
  auto scale = unit.empty() ? std::optional(1.0) : gib_per(lower_case(unit));
  if (!number || !scale) return bad_memory(field, text, false);
  double gib = static_cast<double>(*number) * *scale;
  if (gib != std::floor(gib) || gib > std::numeric_limits<int>::max()) {
    return bad_memory(field, text, false);
  }
  return static_cast<int>(gib);
}

}  // namespace skyrun
