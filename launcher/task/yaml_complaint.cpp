// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/yaml_complaint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kWidest = 100;

size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

bool is_blank(std::string_view line) {
  const auto text = trim(line);
  return text.empty() || text.front() == '#';
}

/// The lines up to the one that is complained about, which is the last.
std::vector<std::string_view> lines_until(std::string_view source, int line) {
  std::vector<std::string_view> lines;
  while (static_cast<int>(lines.size()) < line && !source.empty()) {
    const size_t end = std::min(source.find('\n'), source.size());
    const bool carriage_return = end > 0 && source[end - 1] == '\r';
    lines.push_back(source.substr(0, carriage_return ? end - 1 : end));
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  if (static_cast<int>(lines.size()) < line) lines.clear();  // past the end
  return lines;
}

/// The lines that the last one is part of, from it to the outermost.
std::vector<std::string_view> ancestry(const std::vector<std::string_view>& lines) {
  std::vector<std::string_view> out{lines.back()};
  for (auto line = lines.rbegin() + 1; line != lines.rend(); ++line) {
    if (!is_blank(*line) && indent_of(*line) < indent_of(out.back())) out.push_back(*line);
  }
  return out;
}

bool holds_secrets(std::string_view line) {
  const auto key = trim(line).substr(0, trim(line).find(':'));
  return key == "secrets" || key.find("password") != std::string_view::npos;
}

/// Its indentation is that of no list or dict that is open there.
bool is_misaligned(const std::vector<std::string_view>& lines) {
  const size_t own = indent_of(lines.back());
  for (auto line = lines.rbegin() + 1; line != lines.rend(); ++line) {
    if (is_blank(*line)) continue;
    if (indent_of(*line) == own) return false;
    if (indent_of(*line) < own) return true;
  }
  return own > 0;
}

/// "key: value", above a line that is indented more.
bool follows_a_value(const std::vector<std::string_view>& lines) {
  for (auto line = lines.rbegin() + 1; line != lines.rend(); ++line) {
    if (is_blank(*line)) continue;
    const size_t colon = line->find(": ");
    return colon != std::string_view::npos && !trim(line->substr(colon + 1)).empty() &&
           indent_of(*line) < indent_of(lines.back());
  }
  return false;
}

std::string reason(const std::vector<std::string_view>& lines, const std::string& why) {
  const bool open_end = why == "end of map not found" || why == "end of sequence not found";
  if ((open_end || why == "illegal map value") && follows_a_value(lines))
    return "indented more than the line above, which has its value already";
  if (why == "illegal map value")
    return "a ': ' inside a value: quote the value, or write it in lines of its own behind '|'";
  if (open_end && is_misaligned(lines))
    return "indented neither like the line above nor like one that it belongs to";
  if (why == "end of map not found") return "expected a key and ':' here";
  if (why == "end of sequence not found") return "expected '- ' here";
  if (why == "end of sequence flow not found") return "a '[' is not closed";
  if (why == "end of map flow not found") return "a '{' is not closed";
  if (why == "unknown token") return "a value cannot begin with this character: quote it";
  return why;
}

/// Tabs as "\t".
std::string visible(std::string_view line) {
  std::string out;
  for (const char c : line) out += c == '\t' ? std::string("\\t") : std::string(1, c);
  return printable(out);
}

size_t columns(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
  }));
}

std::string with_caret(std::string_view line, int number, size_t byte) {
  const std::string text = visible(line);
  if (text.size() > kWidest || trim(text).empty()) return "";
  const std::string before(columns(visible(line.substr(0, byte))), ' ');
  return fmt::format("\n{:5} | {}\n      | {}^", number, text, before);
}

}  // namespace

std::string yaml_complaint(std::string_view source, const std::string& file, Mark at,
                           const std::string& why) {
  const auto lines = lines_until(source, at.line);
  const std::string where = fmt::format("{}:{}: ", file, at.line);
  if (lines.empty()) return where + reason({""}, why);
  const auto line = lines.back();
  const auto around = ancestry(lines);
  const bool secret = std::any_of(around.begin(), around.end(), holds_secrets);
  const size_t tab = line.substr(0, indent_of(line)).find('\t');
  const bool has_tab = tab != std::string_view::npos;
  const size_t place = std::min(static_cast<size_t>(std::max(at.column - 1, 0)), line.size());
  const std::string told = has_tab ? "a tab cannot indent: use blanks" : reason(lines, why);
  return where + told + (secret ? "" : with_caret(line, at.line, has_tab ? tab : place));
}

}  // namespace skyrun
