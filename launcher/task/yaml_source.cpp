// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/yaml_source.h"

#include <algorithm>

#include "core/utf8.h"

namespace skyrun {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// The line that begins at `at`, without its end.
std::string_view line_at(std::string_view source, size_t at) {
  return source.substr(at, std::min(source.find('\n', at), source.size()) - at);
}

size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

}  // namespace

std::string yaml_source(std::string_view text) {
  constexpr std::string_view kBefore = " \t\n\r,[]{}";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    text.remove_prefix(kByteOrderMark.size());
  }
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    const bool hidden =
        text[i] == '?' && i > 0 && kBefore.find(text[i - 1]) == std::string_view::npos;
    if (hidden) {
      out += kHiddenQuestionMark;
    } else {
      out += text[i] == '\r' ? '\n' : text[i];
    }
  }
  return out;
}

std::string restored(std::string text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; })) return text;
  std::replace(text.begin(), text.end(), kHiddenQuestionMark, '?');
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    Utf8Char front = front_char(rest);
    if (!front.well_formed) out += '\xc2';  // U+0085 and U+00A0 are their one byte behind this one
    out += rest.substr(0, front.length);
    rest.remove_prefix(front.length);
  }
  return out;
}

size_t content_of(std::string_view source, size_t position) {
  constexpr std::string_view kBlank = " \t\n";
  while (position < source.size() && (source[position] == '&' || source[position] == '!')) {
    position = std::min(source.find_first_of(kBlank, position), source.size());
    position = std::min(source.find_first_not_of(kBlank, position), source.size());
  }
  return position;
}

bool is_closed(std::string_view source, size_t position) {
  char quote = position < source.size() ? source[position] : '\0';
  if (quote != '\'' && quote != '"') return true;
  for (size_t i = position + 1; i < source.size(); ++i) {
    if (source[i] == '\\' && quote == '"') {
      ++i;
    } else if (source[i] == quote) {
      return true;  // '' inside single quotes: one that closes must come after it all the same
    }
  }
  return false;
}

int kept_line_ends(std::string_view source, size_t position) {
  if (position >= source.size() || source[position] != '>') return -1;
  std::string_view header = line_at(source, position);
  header = header.substr(0, header.find_first_of(" \t"));
  if (header.find('+') == std::string_view::npos) return -1;
  size_t digit = header.find_first_of("123456789");
  // With an explicit indent the content may begin with blanks; only its being there matters here.
  size_t indent = digit == std::string_view::npos ? 0 : 1;
  int blanks = 0;
  bool some = false;
  for (size_t at = source.find('\n', position); at != std::string_view::npos;
       at = source.find('\n', at)) {
    if (++at == source.size()) break;
    std::string_view line = line_at(source, at);
    size_t own = indent_of(line);
    bool blank = own == line.size() && (indent <= 1 || own <= indent);
    if (!blank && !some && digit == std::string_view::npos) indent = own;
    if (!blank && own < indent) break;
    some = some || !blank;
    blanks = blank ? blanks + 1 : 0;
  }
  return some ? 1 + blanks : blanks;
}

}  // namespace skyrun
