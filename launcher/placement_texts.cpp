// SPDX-License-Identifier: Apache-2.0
#include "launcher/placement_texts.h"

#include <fmt/format.h>

#include <utility>

#include "core/nearest.h"
#include "core/text.h"
#include "launcher/task/text_file.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

Result<void> read_display(const std::string& text, Options& options) {
  if (text.empty()) return {};
  for (const auto word : split(text, ',')) {
    if (word != "map" && word != "bindings")
      return failure(fmt::format("--display {}: '{}' is none of map, bindings{}", text, word,
                                 did_you_mean(word, {"map", "bindings"})));
    options.placement.display_map = options.placement.display_map || word == "map";
    options.report_bindings = options.report_bindings || word == "bindings";
  }
  return {};
}

Result<void> read_map_by(const std::string& text, PlacementWish& wish) {
  if (text.empty()) return {};
  const auto map = parse_map_by(text);
  if (!map) return tl::unexpected(map.error());
  wish.map_by = text;
  if (map->file.empty()) return {};
  auto file = read_text_file(map->file);
  if (!file) return tl::unexpected(std::move(file.error()).within("--map-by"));
  wish.file_text = std::move(*file);
  return {};
}

Result<void> read_rank_by(const std::string& text, PlacementWish& wish) {
  if (text.empty()) return {};
  const auto rank = parse_rank_by(text);
  if (!rank) return tl::unexpected(rank.error());
  wish.rank_by = text;
  return {};
}

Result<void> read_bind_to(const std::string& text, Options& options) {
  if (text.empty()) return {};
  const auto bind = parse_bind_to(text);
  if (!bind) return tl::unexpected(bind.error());
  options.placement.bind_to = text;
  options.report_bindings = options.report_bindings || bind->report;
  return {};
}

}  // namespace

Result<void> read_placement(const PlacementTexts& texts, Options& options) {
  auto done = read_map_by(texts.map, options.placement);
  if (done) done = read_rank_by(texts.rank, options.placement);
  if (done) done = read_bind_to(texts.bind, options);
  if (done) done = read_display(texts.display, options);
  return done;
}

}  // namespace skyrun
