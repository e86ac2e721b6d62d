// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skyrun {

/// Without leading and trailing blanks (space, tab, CR, LF).
std::string_view trim(std::string_view text);

/// The pieces between separators; an empty text has one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The words between blanks.
std::vector<std::string_view> split_words(std::string_view text);
/// `a  slots = 4` as `a  slots=4`, for '='.
std::string without_blanks_around(std::string_view text, char separator);

std::string join(const std::vector<std::string>& pieces, std::string_view separator);

/// As Python's shlex.quote: unchanged when safe, else in single quotes.
std::string shell_quote(std::string_view text);

/// As Python's json.dumps of a str: in double quotes, ASCII only.
std::string json_quote(std::string_view text);

/// The whole text as a decimal number, or nothing.
template <class Number>
std::optional<Number> to_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// `~` and `~/…` with the home directory in front.
std::string expand_home(std::string_view path, std::string_view home);

/// With '?' in place of what could drive a terminal or mislead its reader: control characters,
/// those of C1 among them (ECMA-48), marks that turn the direction of a line, bytes that are no
/// UTF-8.
std::string printable(std::string_view text);

/// The same of a text of several lines: line ends and tabs stay.
std::string printable_lines(std::string_view text);

}  // namespace skyrun
