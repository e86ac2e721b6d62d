// SPDX-License-Identifier: Apache-2.0
#include "core/number_text.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace skyrun {

std::string python_float(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::array<char, 32> buffer{};
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                    std::chars_format::scientific);
  std::string_view shortest(buffer.data(), static_cast<size_t>(end - buffer.data()));
  int exponent = 0;
  size_t e = shortest.find('e');
  std::string_view power = shortest.substr(e + 1);
  if (power[0] == '+') power.remove_prefix(1);
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  if (exponent < -4 || exponent >= 16) return std::string(shortest);
  std::array<char, 64> plain{};
  auto [stop, failed] =
      std::to_chars(plain.data(), plain.data() + plain.size(), number, std::chars_format::fixed);
  std::string out(plain.data(), static_cast<size_t>(stop - plain.data()));
  return out.find('.') == std::string::npos ? out + ".0" : out;
}

std::string number_text(double number) {
  bool whole = std::floor(number) == number && std::fabs(number) < 1e15;
  return whole ? fmt::format("{:.0f}", number) : python_float(number);
}

}  // namespace skyrun
