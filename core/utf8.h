// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace skyrun {

constexpr uint32_t kReplacementCharacter = 0xFFFD;

/// What stands at the front of a text: a character, or bytes that are none.
struct Utf8Char {
  uint32_t code_point = kReplacementCharacter;
  size_t length = 1;  ///< bytes it takes; of ill-formed bytes, how many one U+FFFD replaces
  bool well_formed = false;
  bool cut = false;  ///< ill-formed only because the text ends within it
};

/// The first character of a text that is not empty. Ill-formed bytes are grouped as Python's
/// errors='replace' does (Unicode 15, section 3.9: maximal subparts).
Utf8Char front_char(std::string_view text);

/// The text with each ill-formed group of bytes replaced by U+FFFD.
std::string well_formed_utf8(std::string text);

/// How many bytes at the end (0 to 3) begin a character that more bytes could complete.
size_t unfinished_tail(std::string_view text);

}  // namespace skyrun
