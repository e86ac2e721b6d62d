// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "launcher/task/timestamp.h"

namespace skyrun {
namespace {

/// Python refuses to print longer ones (sys.get_int_max_str_digits).
constexpr size_t kMaxIntegerDigits = 4300;

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kDigitsUnderscore = "0123456789_";

/// A cursor over a scalar; each take says whether (or how much) it took.
class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}

  bool take(std::string_view chars) {
    if (rest_.empty() || chars.find(rest_[0]) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  size_t take_all(std::string_view chars) {
    size_t count = std::min(rest_.find_first_not_of(chars), rest_.size());
    rest_.remove_prefix(count);
    return count;
  }
  /// One or more of ":M" and ":MM" below 60.
  bool take_sixties() {
    if (rest_.empty() || rest_[0] != ':') return false;
    while (take(":")) {
      bool tens = take("012345");
      if (!take(kDigits) && !tens) return false;
    }
    return true;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_true(std::string_view text) {
  return one_of(text, {"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"});
}

bool is_false(std::string_view text) {
  return one_of(text, {"no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"});
}

bool is_null(std::string_view text) {
  return one_of(text, {"", "~", "null", "Null", "NULL"});
}

bool is_prefixed_integer(std::string_view text, std::string_view prefix, std::string_view digits) {
  Scan scan(text);
  scan.take("+-");
  return scan.take_word(prefix) && scan.take_all(digits) > 0 && scan.done();
}

bool is_decimal_integer(std::string_view text) {
  Scan scan(text);
  scan.take("+-");
  if (!scan.take("123456789")) return scan.take("0") && scan.done();
  scan.take_all(kDigitsUnderscore);
  return scan.done() || (scan.take_sixties() && scan.done());
}

bool is_integer(std::string_view text) {
  return is_decimal_integer(text) || is_prefixed_integer(text, "0b", "01_") ||
         is_prefixed_integer(text, "0x", "0123456789abcdefABCDEF_") ||
         is_prefixed_integer(text, "0", "01234567_");
}

/// An exponent is taken only with its sign: `1.0e6` is text in YAML 1.1.
bool ends_as_float(Scan& scan) {
  scan.take_all(kDigitsUnderscore);
  if (!scan.take("eE")) return scan.done();
  return scan.take("+-") && scan.take_all(kDigits) > 0 && scan.done();
}

bool is_float(std::string_view text) {
  Scan dotted(text);
  if (dotted.take(".")) return dotted.take(kDigits) && ends_as_float(dotted);
  Scan scan(text);
  scan.take("+-");
  if (!scan.take(kDigits)) return false;
  scan.take_all(kDigitsUnderscore);
  if (scan.take(".")) return ends_as_float(scan);
  if (!scan.take_sixties() || !scan.take(".")) return false;
  scan.take_all(kDigitsUnderscore);
  return scan.done();
}

bool is_special_float(std::string_view text) {
  if (one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return one_of(text, {".inf", ".Inf", ".INF"});
}

/// digits = digits * factor + addend, the digits being decimal, least significant first.
void multiply_add(std::vector<uint32_t>& digits, uint32_t factor, uint32_t addend) {
  constexpr uint32_t kBase = 1000000000;
  uint64_t carry = addend;
  for (uint32_t& digit : digits) {
    carry += static_cast<uint64_t>(digit) * factor;
    digit = static_cast<uint32_t>(carry % kBase);
    carry /= kBase;
  }
  if (carry > 0) digits.push_back(static_cast<uint32_t>(carry));
}

std::string decimal_text(const std::vector<uint32_t>& digits) {
  if (digits.empty()) return "0";
  std::string out = std::to_string(digits.back());
  for (size_t i = digits.size() - 1; i-- > 0;) out += fmt::format("{:09}", digits[i]);
  return out;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

tl::unexpected<Error> not_a(std::string_view type) {
  return failure(fmt::format("not a YAML {}: quote it to keep it as text", type));
}

/// The digits of one base; parts between colons count sixties.
Result<std::string> read_digits(std::string_view text, uint32_t base) {
  std::vector<uint32_t> total;
  uint32_t part = 0;
  bool sixties = text.find(':') != std::string_view::npos;
  size_t first = std::min(text.find(':'), text.size());
  for (char c : text.substr(0, first)) {
    int digit = digit_of(c);
    if (digit >= static_cast<int>(base)) return not_a("integer");
    multiply_add(total, base, static_cast<uint32_t>(digit));
  }
  for (size_t i = first; sixties && i < text.size(); ++i) {
    if (text[i] == ':') {
      if (i > first) multiply_add(total, 60, part);
      part = 0;
    } else if (digit_of(text[i]) < 10 && part < 100) {
      part = part * 10 + static_cast<uint32_t>(digit_of(text[i]));
    } else {
      return not_a("integer");
    }
  }
  if (sixties) multiply_add(total, 60, part);
  return decimal_text(total);
}

double to_double(std::string_view text) {
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc::result_out_of_range) return number;
  bool tiny =
      text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
  return tiny ? 0 : std::numeric_limits<double>::infinity();
}

/// Without underscores, and without its sign, which is kept apart.
struct Unsigned {
  std::string digits;
  bool negative = false;
};

Unsigned strip(std::string_view text) {
  Unsigned out;
  out.digits = text;
  std::erase(out.digits, '_');
  if (out.digits.empty()) return out;
  out.negative = out.digits[0] == '-';
  if (out.digits[0] == '-' || out.digits[0] == '+') out.digits.erase(0, 1);
  return out;
}

Result<Value> construct_integer(std::string_view text) {
  auto [digits, negative] = strip(text);
  uint32_t base = 10;
  std::string_view body = digits;
  if (body.substr(0, 2) == "0b")
    base = 2;
  else if (body.substr(0, 2) == "0x")
    base = 16;
  else if (body.size() > 1 && body[0] == '0')
    base = 8;
  if (base == 2 || base == 16) body.remove_prefix(2);
  if (body.empty() || body.size() > kMaxIntegerDigits) return not_a("integer");
  auto number = read_digits(body, base);
  if (!number) return not_a("integer");
  Value value;
  value.kind = Value::Kind::integer;
  value.text = negative && *number != "0" ? "-" + *number : *number;
  value.number = to_double(value.text);
  return value;
}

/// One of the numbers between colons; nothing when it is none.
std::optional<double> read_sixty(std::string_view part) {
  Scan scan(part);
  bool some = scan.take_all(kDigits) > 0;
  if (scan.take(".")) some = scan.take_all(kDigits) > 0 || some;
  const bool exponent = scan.take("eE");
  if (exponent) scan.take("+-");
  if (!some || (exponent && scan.take_all(kDigits) == 0) || !scan.done()) return std::nullopt;
  return to_double(part[0] == '.' ? "0" + std::string(part) : std::string(part));
}

Result<double> read_float(const std::string& digits) {
  if (digits == "inf" || digits == ".inf") return std::numeric_limits<double>::infinity();
  if (digits == "nan" || digits == ".nan") return std::numeric_limits<double>::quiet_NaN();
  // Sixties from the right, in PyYAML's order of additions.
  double total = 0;
  double base = 1;
  for (size_t end = digits.size();;) {
    size_t colon = end == 0 ? std::string::npos : digits.rfind(':', end - 1);
    size_t begin = colon == std::string::npos ? 0 : colon + 1;
    const auto part = read_sixty(std::string_view(digits).substr(begin, end - begin));
    if (!part) return not_a("float");
    total += *part * base;
    base *= 60;
    if (colon == std::string::npos) return total;
    end = colon;
  }
}

Result<Value> construct_float(std::string_view text) {
  auto [digits, negative] = strip(text);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  auto number = read_float(digits);
  if (!number) return not_a("float");
  Value value;
  value.kind = Value::Kind::real;
  value.number = negative ? -*number : *number;
  return value;
}

Result<Value> construct_boolean(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (!is_true(lower) && !is_false(lower)) return not_a("boolean");
  return boolean_value(is_true(lower));
}

}  // namespace

Result<Value> resolve_scalar(std::string_view text) {
  if (is_null(text)) return Value{};
  if (is_true(text) || is_false(text)) return boolean_value(is_true(text));
  if (is_float(text) || is_special_float(text)) return construct_float(text);
  if (is_integer(text)) return construct_integer(text);
  if (looks_like_timestamp(text)) return construct_timestamp(text);
  if (text == "=") return failure("a bare '=' has no meaning here: write it in quotes");
  return text_value(std::string(text));
}

Result<Value> construct_scalar(std::string_view tag, std::string_view text) {
  constexpr std::string_view kYaml = "tag:yaml.org,2002:";
  std::string_view type = tag;
  if (type.substr(0, kYaml.size()) == kYaml) type.remove_prefix(kYaml.size());
  if (type == "str") return text_value(std::string(text));
  if (type == "null") return Value{};
  if (type == "bool") return construct_boolean(text);
  if (type == "int") return construct_integer(text);
  if (type == "float") return construct_float(text);
  if (type == "timestamp") {
    if (!looks_like_timestamp(text)) return not_a("timestamp");
    return construct_timestamp(text);
  }
  return failure(kUnknownTag);
}

}  // namespace skyrun
