// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <fmt/format.h>

#include "core/utf8.h"

namespace skyrun {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string json_escape(uint32_t value) {
  if (value == '"') return "\\\"";
  if (value == '\\') return "\\\\";
  if (value == '\n') return "\\n";
  if (value == '\r') return "\\r";
  if (value == '\t') return "\\t";
  if (value == '\b') return "\\b";
  if (value == '\f') return "\\f";
  if (value >= 0x20 && value < 0x7F) return {static_cast<char>(value)};
  if (value < 0x10000) return fmt::format("\\u{:04x}", value);
  const uint32_t offset = value - 0x10000;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (offset >> 10U), 0xDC00 + (offset & 0x3FFU));
}

/// Line and paragraph separators, and what turns the direction of writing (Unicode 15, UAX #9).
bool is_unprintable(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string printable_but_for(std::string_view text, std::string_view kept) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Utf8Char next = front_char(text);
    const bool stays = kept.find(text.front()) != std::string_view::npos ||
                       (next.well_formed && !is_unprintable(next.code_point));
    if (stays) {
      result += text.substr(0, next.length);
    } else {
      result += '?';
    }
    text.remove_prefix(next.length);
  }
  return result;
}

bool is_shell_safe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("@%_-+=:,./").find(c) != std::string_view::npos;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; (at = text.find_first_not_of(kBlanks, at)) != std::string_view::npos;) {
    const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string without_blanks_around(std::string_view text, char separator) {
  const auto pieces = split(text, separator);
  if (pieces.size() == 1) return std::string(text);
  std::string tight;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) tight += separator;
    tight += trim(pieces[i]);
  }
  return tight;
}

std::string join(const std::vector<std::string>& pieces, std::string_view separator) {
  return fmt::format("{}", fmt::join(pieces, separator));
}

std::string shell_quote(std::string_view text) {
  bool safe = !text.empty();
  for (const char c : text) safe = safe && is_shell_safe(c);
  if (safe) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\"'\"'";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string json_quote(std::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const Utf8Char next = front_char(text);
    quoted += json_escape(next.code_point);
    text.remove_prefix(next.length);
  }
  return quoted + "\"";
}

std::string expand_home(std::string_view path, std::string_view home) {
  if (path == "~") return std::string(home);
  if (path.substr(0, 2) == "~/") return std::string(home) + std::string(path.substr(1));
  return std::string(path);
}

std::string printable(std::string_view text) {
  return printable_but_for(text, {});
}

std::string printable_lines(std::string_view text) {
  return printable_but_for(text, "\n\t");
}

}  // namespace skyrun
