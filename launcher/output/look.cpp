// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/look.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "core/utf8.h"

namespace skyrun {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kSigns{{
    {"⚙︎", "*"},
    {"├──", "|--"},
    {"└──", "`--"},
    {"✓", "+"},
    {"✗", "x"},
    {"■", "-"},
    {"…", "..."},
    {"→", "->"},
    {"–", "-"},
    {"█", "#"},
}};

/// The first of these that is set decides what characters there are (setlocale(3)).
std::string_view locale_of(const Look::Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = environment(name);
    if (!value.empty()) return value;
  }
  return {};
}

bool is_set(std::string_view value) {
  return !value.empty() && value != "0" && value != "false";
}

}  // namespace

std::string_view Look::from_process(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

Look Look::of(int fd, const Environment& environment) {
  const bool watched = environment("TERM") != "dumb" && !is_set(environment("CI"));
  const bool terminal = watched && ::isatty(fd) != 0;
  const auto locale = locale_of(environment);
  return {.terminal = terminal,
          .coloured = terminal && environment("NO_COLOR").empty(),
          .ascii = locale == "C" || locale == "POSIX"};
}

std::string in_ascii(std::string_view line) {
  std::string plain;
  while (!line.empty()) {
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(), [line](const auto& each) {
      return line.starts_with(each.first);
    });
    if (sign != kSigns.end()) {
      plain += sign->second;
      line.remove_prefix(sign->first.size());
      continue;
    }
    const Utf8Char next = front_char(line);
    plain += next.code_point < 0x80 ? line.front() : '?';
    line.remove_prefix(next.length);
  }
  return plain;
}

}  // namespace skyrun
