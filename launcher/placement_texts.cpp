// SPDX-License-Identifier: Apache-2.0
#include "launcher/placement_texts.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/task/text_file.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

/// Reads a text where there is one.
template <class Value, class Parse>
Result<void> read_text(const std::string& text, std::optional<Value>& into, Parse parse) {
  if (text.empty()) return {};
  auto value = parse(text);
  if (!value) return tl::unexpected(std::move(value.error()));
  into = std::move(*value);
  return {};
}

Result<void> read_display(const std::string& text, PlacementWish& wish) {
  if (text.empty()) return {};
  for (const auto word : split(text, ',')) {
    if (word != "map" && word != "bindings")
      return failure(fmt::format("--display {}: '{}' is none of map, bindings{}", text, word,
                                 did_you_mean(word, {"map", "bindings"})));
    wish.display_map = wish.display_map || word == "map";
    wish.report_bindings = wish.report_bindings || word == "bindings";
  }
  return {};
}

Result<void> read_named_file(PlacementWish& wish) {
  if (!wish.map || wish.map->file.empty()) return {};
  auto text = read_text_file(wish.map->file);
  if (!text) return tl::unexpected(std::move(text.error()).within("--map-by"));
  wish.file_text = std::move(*text);
  return {};
}

}  // namespace

Result<void> read_placement(const PlacementTexts& texts, PlacementWish& wish) {
  const auto parse_map = [](const std::string& text) { return parse_map_by(text); };
  auto done = read_text(texts.map, wish.map, parse_map);
  if (done) done = read_text(texts.rank, wish.rank, parse_rank_by);
  if (done) done = read_text(texts.bind, wish.bind, parse_bind_to);
  if (done) done = read_display(texts.display, wish);
  if (done) done = read_named_file(wish);
  wish.report_bindings = wish.report_bindings || (wish.bind && wish.bind->report);
  return done;
}

}  // namespace skyrun
