// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/seat_places.h"

#include <fmt/format.h>

#include <algorithm>

#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

/// The largest part of it that is within a package.
size_t largest_part(const Units& units, const Units::List& object) {
  size_t largest = 0;
  for (const auto& part : units.by_package(object)) largest = std::max(largest, part.size());
  return largest;
}

/// Neighbours of one package together, so many that a rank has its units; what is left over is no
/// place for one.
Objects joined(const Units& units, const Objects& objects, uint32_t pe) {
  Objects blocks;
  Units::List block;
  for (const auto& object : objects) {
    if (object.empty()) continue;
    const auto package = [&units](uint32_t unit) { return units.object_of(Level::package, unit); };
    if (!block.empty() && package(block.front()) != package(object.front())) block.clear();
    block.insert(block.end(), object.begin(), object.end());
    if (block.size() < pe) continue;
    blocks.push_back(std::move(block));
    block.clear();
  }
  return blocks;
}

bool has_place(const Units& units, const Units::List& object, const Plan& plan) {
  return largest_part(units, object) >= plan.pe();
}

/// By the smallest larger level of which an object has the CPUs of a rank; or by slot, of which a
/// package has them.
Mapping larger_mapping(const Units& units, const Plan& plan) {
  const auto is_large = [&units, &plan](const auto& object) {
    return has_place(units, object, plan);
  };
  Mapping larger = plan.map;
  for (size_t level = static_cast<size_t>(plan.map.level); level-- > 0;) {
    larger.level = static_cast<Level>(level);
    if (std::ranges::any_of(units.objects(larger.level), is_large)) return larger;
  }
  larger.by = MapBy::slot;
  return larger;
}

}  // namespace

Objects objects_of(const Units& units, const Plan& plan) {
  const bool by_level =
      plan.map.by == MapBy::object || (plan.map.by == MapBy::ppr && !plan.map.whole_node);
  if (!by_level) return {units.all()};
  const auto& objects = units.objects(plan.map.level);
  const bool small = plan.map.level == Level::core || plan.map.level == Level::hwthread;
  if (plan.map.by == MapBy::object && small && plan.pe() > 1) {
    return joined(units, objects, plan.pe());
  }
  return objects;
}

uint32_t cpu_room(const Units& units, const Plan& plan) {
  uint32_t room = 0;
  if (plan.map.by == MapBy::pe_list) return static_cast<uint32_t>(plan.map.cpus.size());
  for (const auto& object : objects_of(units, plan)) {
    for (const auto& part : units.by_package(object)) {
      room += static_cast<uint32_t>(part.size()) / plan.pe();
    }
  }
  return room;
}

std::optional<std::string> why_too_small(const Units& units, const Plan& plan) {
  if (plan.pe() == 1 || plan.map.by == MapBy::pe_list) return std::nullopt;
  for (const auto& object : objects_of(units, plan)) {
    if (has_place(units, object, plan)) return std::nullopt;
  }
  const auto words = [&plan](std::string_view object) {
    const bool small = object == "core" || object == "hwthread";
    return fmt::format("{}: {} {} {}", plan.asked_map(),
                       small ? "a rank takes" : fmt::format("no {} has", object), plan.pe(),
                       plan.unit_name());
  };
  if (!has_place(units, units.all(), plan)) return words("package");
  return words(level_name(plan.map.level)) +
         fmt::format("; {} {} has them", plan.map_option, map_text(larger_mapping(units, plan)));
}

uint32_t pattern_ranks(const Units& units, const Plan& plan) {
  uint32_t objects = 0;
  for (const auto& object : objects_of(units, plan)) objects += object.empty() ? 0U : 1U;
  return objects * plan.map.per_object;
}

}  // namespace skyrun
