// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/ports.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/text.h"

namespace skyrun {
namespace {

struct Range {
  int first = 0;
  int last = 0;
};

Result<int> parse_port(std::string_view text) {
  auto port = text.find_first_not_of("0123456789") == std::string_view::npos ? to_number<int>(text)
                                                                             : std::nullopt;
  if (port && *port >= 1 && *port <= 65535) return *port;
  return failure(
      fmt::format("Invalid port {}. Please use a port number between 1 and 65535.", text));
}

Result<Range> parse_range(std::string_view text) {
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    auto port = parse_port(text);
    if (!port) return tl::unexpected(port.error());
    return Range{*port, *port};
  }
  std::vector<std::string_view> ends = split(text, '-');
  auto bad = [text] {
    return failure(
        fmt::format("Invalid port range {}. Please use the format \"from-to\", in which "
                    "from <= to. e.g. \"1-3\".",
                    text));
  };
  if (ends.size() != 2) return bad();
  auto first = parse_port(ends[0]);
  if (!first) return tl::unexpected(first.error());
  auto last = parse_port(ends[1]);
  if (!last) return tl::unexpected(last.error());
  if (*first > *last) return bad();
  return Range{*first, *last};
}

std::string range_text(Range range) {
  return range.first == range.last ? std::to_string(range.first)
                                   : fmt::format("{}-{}", range.first, range.last);
}

}  // namespace

Result<std::vector<std::string>> simplify_ports(const std::vector<std::string>& ports) {
  std::vector<Range> ranges;
  for (const std::string& entry : ports) {
    for (std::string_view token : split(entry, ',')) {
      token = trim(token);
      if (token.empty()) continue;
      auto range = parse_range(token);
      if (!range) return tl::unexpected(range.error());
      ranges.push_back(*range);
    }
  }
  std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.first < b.first; });
  std::vector<Range> joined;
  for (Range range : ranges) {
    if (!joined.empty() && range.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, range.last);
    } else {
      joined.push_back(range);
    }
  }
  std::vector<std::string> out;
  out.reserve(joined.size());
  for (Range range : joined) out.push_back(range_text(range));
  return out;
}

}  // namespace skyrun
