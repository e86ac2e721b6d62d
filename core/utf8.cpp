// SPDX-License-Identifier: Apache-2.0
#include "core/utf8.h"

#include <algorithm>

namespace skyrun {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

uint8_t byte_at(std::string_view text, size_t i) {
  return static_cast<uint8_t>(text[i]);
}

/// Bytes of the character that `lead` begins; 0 when none begins so.
size_t length_from(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// The second byte is narrower than 80..BF after four leads: no overlong forms, no surrogates,
/// nothing past U+10FFFF (Unicode 15, table 3-7).
bool may_follow(uint8_t lead, uint8_t second) {
  const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

bool is_ascii(std::string_view text) {
  uint8_t bits = 0;
  for (const char c : text) bits |= static_cast<uint8_t>(c);
  return bits < 0x80;
}

}  // namespace

Utf8Char front_char(std::string_view text) {
  const uint8_t lead = byte_at(text, 0);
  const size_t length = length_from(lead);
  if (length == 0) return {};
  if (length == 1) return {.code_point = lead, .well_formed = true};
  uint32_t code_point = lead & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    if (i == text.size()) return {.length = i, .cut = true};
    const uint8_t next = byte_at(text, i);
    const bool good = i == 1 ? may_follow(lead, next) : (next & 0xC0U) == 0x80;
    if (!good) return {.length = i};
    code_point = code_point << 6U | (next & 0x3FU);
  }
  return {.code_point = code_point, .length = length, .well_formed = true};
}

std::string well_formed_utf8(std::string text) {
  if (is_ascii(text)) return text;
  std::string repaired;
  for (std::string_view rest = text; !rest.empty();) {
    const Utf8Char next = front_char(rest);
    repaired += next.well_formed ? rest.substr(0, next.length) : kReplacement;
    rest.remove_prefix(next.length);
  }
  return repaired;
}

size_t unfinished_tail(std::string_view text) {
  for (size_t size = 1; size <= std::min<size_t>(3, text.size()); ++size) {
    const std::string_view tail = text.substr(text.size() - size);
    if ((byte_at(tail, 0) & 0xC0U) == 0x80) continue;  // the middle of a character
    return front_char(tail).cut ? size : 0;
  }
  return 0;
}

}  // namespace skyrun
