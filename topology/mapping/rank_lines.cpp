// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/rank_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"

namespace skyrun {
namespace {

Result<CoreRange> parse_range(std::string_view text, int package) {
  CoreRange range{.package = package};
  if (text == "*") return range;
  const size_t dash = text.find('-');
  const auto first = to_number<uint32_t>(text.substr(0, dash));
  const auto last =
      dash == std::string_view::npos ? first : to_number<uint32_t>(text.substr(dash + 1));
  if (!first || !last || *first > *last) {
    return failure(fmt::format("'{}' is no core and no range of cores", text));
  }
  range.first = *first;
  range.last = *last;
  return range;
}

Result<void> add_part(std::string_view part, std::vector<CoreRange>& cores) {
  int package = -1;
  if (const size_t colon = part.find(':'); colon != std::string_view::npos) {
    const auto number = to_number<uint16_t>(part.substr(0, colon));
    if (!number) return failure(fmt::format("'{}' is no package", part.substr(0, colon)));
    package = *number;
    part.remove_prefix(colon + 1);
  }
  for (const auto text : split(part, ',')) {
    auto range = parse_range(text, package);
    if (!range) return tl::unexpected(std::move(range.error()));
    cores.push_back(*range);
  }
  return {};
}

Result<std::vector<CoreRange>> parse_cores(std::string_view text) {
  std::vector<CoreRange> cores;
  for (const auto part : split(text, ';')) {
    if (auto added = add_part(part, cores); !added) return tl::unexpected(std::move(added.error()));
  }
  return cores;
}

Result<RankLine> parse_seq_line(std::string_view line, uint32_t rank) {
  const auto words = split_words(line);
  RankLine result{.rank = rank, .host = std::string(words[0])};
  if (words.size() > 2) return failure("is no 'HOST [CPUS]'");
  if (words.size() == 1) return result;
  auto cores = parse_cores(words[1]);
  if (!cores) return tl::unexpected(std::move(cores.error()));
  result.cores = std::move(*cores);
  return result;
}

Result<RankLine> parse_rank_line(std::string_view line, uint32_t /*number*/) {
  const auto words = split_words(line);
  const size_t equals = words.size() == 3 ? words[1].find('=') : std::string_view::npos;
  if (equals == std::string_view::npos || words[0] != "rank" || !words[2].starts_with("slot=")) {
    return failure("is no 'rank N=HOST slot=CORES'");
  }
  const auto rank = to_number<uint32_t>(words[1].substr(0, equals));
  if (!rank) return failure(fmt::format("'{}' is no rank", words[1].substr(0, equals)));
  auto cores = parse_cores(words[2].substr(5));
  if (!cores) return tl::unexpected(std::move(cores.error()));
  return RankLine{*rank, std::string(words[1].substr(equals + 1)), std::move(*cores)};
}

/// "rank 0 = a  slot = 0 : 1, 3" as "rank 0=a slot=0:1,3".
std::string tight(std::string_view line) {
  std::string text(line);
  for (const char separator : {'=', ',', ';', ':'}) text = without_blanks_around(text, separator);
  return text;
}

using ParseLine = Result<RankLine> (*)(std::string_view line, uint32_t rank);

Result<std::vector<RankLine>> parse_lines(std::string_view text, ParseLine parse) {
  std::vector<RankLine> lines;
  uint32_t number = 0;
  for (auto line : split(text, '\n')) {
    ++number;
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    auto parsed = parse(tight(line), static_cast<uint32_t>(lines.size()));
    if (!parsed) {
      return tl::unexpected(std::move(parsed.error()).within(fmt::format("line {}", number)));
    }
    lines.push_back(std::move(*parsed));
  }
  if (lines.empty()) return failure("names no rank");
  return lines;
}

}  // namespace

Result<std::vector<RankLine>> parse_seq(std::string_view text) {
  return parse_lines(text, parse_seq_line);
}

Result<std::vector<RankLine>> parse_rankfile(std::string_view text) {
  auto lines = parse_lines(text, parse_rank_line);
  if (!lines) return lines;
  std::ranges::stable_sort(*lines, {}, &RankLine::rank);
  for (uint32_t rank = 0; rank < lines->size(); ++rank) {
    const uint32_t named = (*lines)[rank].rank;
    if (named < rank) return failure(fmt::format("rank {} is there twice", named));
    if (named > rank) return failure(fmt::format("rank {} is not there, but {} is", rank, named));
  }
  return lines;
}

}  // namespace skyrun
