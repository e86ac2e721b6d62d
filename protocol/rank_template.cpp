// SPDX-License-Identifier: Apache-2.0
#include "protocol/rank_template.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace skyrun {
namespace {

std::optional<std::string> value_of(std::string_view word, const RankFacts& facts) {
  const std::pair<std::string_view, uint32_t> numbers[] = {
      {"rank", facts.rank},
      {"size", facts.size},
      {"local_rank", facts.local_rank},
      {"local_size", facts.local_size},
      {"node", facts.node},
      {"nodes", facts.nodes},
  };
  for (const auto& [name, number] : numbers) {
    if (word == name) return std::to_string(number);
  }
  if (word == "node_ips") return facts.node_ips;
  return std::nullopt;
}

}  // namespace

Result<std::string> fill_in(std::string_view text, const RankFacts& facts) {
  std::string out;
  while (!text.empty()) {
    const size_t percent = text.find('%');
    out += text.substr(0, percent);
    if (percent == text.npos) break;
    text.remove_prefix(percent + 1);
    if (text.starts_with('%')) {
      out += '%';
      text.remove_prefix(1);
      continue;
    }
    const size_t end = text.find('}');
    const bool is_word = text.starts_with('{') && end != text.npos;
    const auto value = is_word ? value_of(text.substr(1, end - 1), facts) : std::nullopt;
    if (!value) return failure(fmt::format("%{}: nothing to fill in there", text.substr(0, end)));
    out += *value;
    text.remove_prefix(end + 1);
  }
  return out;
}

Result<Variables> fill_in(const Variables& templates, const RankFacts& facts) {
  Variables out;
  out.reserve(templates.size());
  for (const auto& [name, text] : templates) {
    auto value = fill_in(text, facts);
    if (!value) return tl::unexpected(std::move(value.error()).within(name));
    out.emplace_back(name, std::move(*value));
  }
  return out;
}

std::string as_template(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '%' ? 2 : 1, c);
  return out;
}

}  // namespace skyrun
