// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/outcome_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kUnfolded = 16;  // ranks that have a row each
constexpr size_t kMaxRows = 20;
constexpr size_t kMaxRanges = 5;  // of ranks in a row

struct Row {
  std::string ranks;
  std::string node;
  std::string ended;
};

std::string words_for(const RankReport& outcome) {
  switch (outcome.end) {
    case RankReport::End::exited:
      return to_text(outcome.status);
    case RankReport::End::stopped:
      return "stopped by skyrun";
    case RankReport::End::lost:
      return "node lost";
    case RankReport::End::never_started:
      return "never started";
  }
  return {};
}

/// "0-6, 8, 10-999", or its beginning when that is long.
std::string ranges_of(const std::vector<const RankReport*>& members) {
  std::vector<std::string> ranges;
  for (size_t from = 0; from < members.size();) {
    size_t to = from;
    while (to + 1 < members.size() && members[to + 1]->rank == members[to]->rank + 1) ++to;
    if (ranges.size() == kMaxRanges) {
      return fmt::format("{}, … ({} ranks)", fmt::join(ranges, ", "), members.size());
    }
    ranges.push_back(from == to ? fmt::to_string(members[from]->rank)
                                : fmt::format("{}-{}", members[from]->rank, members[to]->rank));
    from = to + 1;
  }
  return fmt::format("{}", fmt::join(ranges, ", "));
}

Row row_of(const std::vector<const RankReport*>& members, const std::string& ended) {
  std::set<std::string_view> nodes;
  for (const RankReport* each : members) nodes.insert(each->node);
  return {ranges_of(members),
          nodes.size() == 1 ? printable(*nodes.begin()) : fmt::format("{} nodes", nodes.size()),
          ended};
}

/// The ranks that share a row, rows in the order of their first rank.
std::vector<Row> fold(const std::vector<RankReport>& outcomes) {
  const RankReport* first = first_failure(outcomes);
  std::map<std::string, size_t> index;
  std::vector<std::pair<std::string, std::vector<const RankReport*>>> groups;
  for (const RankReport& each : outcomes) {
    const std::string ended = words_for(each) + (&each == first ? ", the first to fail" : "");
    const std::string key = outcomes.size() > kUnfolded ? ended : fmt::to_string(groups.size());
    const auto [found, is_new] = index.try_emplace(key, groups.size());
    if (is_new) groups.push_back({ended, {}});
    groups[found->second].second.push_back(&each);
  }
  std::vector<Row> rows;
  rows.reserve(groups.size() + 1);  // and the header
  for (const auto& [ended, members] : groups) rows.push_back(row_of(members, ended));
  return rows;
}

/// Drops what is beyond the last row, but never the row of the first to fail.
std::string cut_to_readable(std::vector<Row>& rows) {
  if (rows.size() <= kMaxRows) return {};
  const auto marked = std::find_if(rows.begin(), rows.end(), [](const Row& row) {
    return row.ended.find(", the first to fail") != std::string::npos;
  });
  if (marked != rows.end() && marked - rows.begin() >= static_cast<ptrdiff_t>(kMaxRows)) {
    std::swap(*marked, rows[kMaxRows - 1]);
  }
  const size_t dropped = rows.size() - kMaxRows;
  rows.resize(kMaxRows);
  return fmt::format("  … and {} other endings\n", dropped);
}

}  // namespace

std::string outcome_table(std::vector<RankReport> outcomes) {
  std::sort(outcomes.begin(), outcomes.end(),
            [](const RankReport& a, const RankReport& b) { return a.rank < b.rank; });
  std::vector<Row> rows = fold(outcomes);
  const std::string rest = cut_to_readable(rows);
  rows.insert(rows.begin(), Row{"rank", "node", "ended"});
  size_t ranks_width = 0;
  size_t node_width = 0;
  for (const Row& row : rows) {
    ranks_width = std::max(ranks_width, row.ranks.size());
    node_width = std::max(node_width, row.node.size());
  }
  std::string table;
  for (const Row& row : rows) {
    table += fmt::format("  {:<{}}  {:<{}}  {}\n", row.ranks, ranks_width, row.node, node_width,
                         row.ended);
  }
  return table + rest;
}

}  // namespace skyrun
