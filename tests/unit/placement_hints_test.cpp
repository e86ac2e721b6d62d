// SPDX-License-Identifier: Apache-2.0
//
// A refusal that names an option which lifts it is taken at its word: the option is given, all else
// as before, and ranks are placed. Requests that are refused come from a seeded generator, and from
// the tables of tests/data/mapping by way of what they have in common: nodes of few slots and CPUs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <regex>
#include <set>

#include "tests/support/machine_shape.h"
#include "topology/mapping/placement.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

struct Asked {
  uint32_t ranks = 0;
  std::string map;
  std::string bind;  // empty: not given
};

Result<Placement> placed(const std::vector<NodeOffer>& nodes, const Asked& asked) {
  Request request{.ranks = asked.ranks};
  auto map = parse_map_by(asked.map);
  if (!map) return tl::unexpected(map.error());
  request.map = *map;
  if (!asked.bind.empty()) {
    auto bind = parse_bind_to(asked.bind);
    if (!bind) return tl::unexpected(bind.error());
    request.bind = *bind;
  }
  return place(nodes, request, "rank 0=a slot=0\nrank 1=a slot=0\nrank 2=b slot=0\n");
}

/// What the text says to give; the option of which the error is, before its first words, is not it.
bool follow(const std::string& error, Asked& asked) {
  static const std::regex option("(--map-by|--bind-to) ([^ ]+)");
  bool found = false;
  for (std::sregex_iterator match(error.begin(), error.end(), option), end; match != end; ++match) {
    const std::string value = (*match)[2];
    if (value.back() == ':') continue;
    ((*match)[1] == "--map-by" ? asked.map : asked.bind) = value;
    found = true;
  }
  return found;
}

/// Lifts every refusal in its turn: of too small an object, too few slots, too few CPUs, nothing to
/// bind to. The kinds of refusals that were seen, without their numbers, are added to `kinds`.
void expect_lifted(const std::vector<NodeOffer>& nodes, Asked asked, std::set<std::string>& kinds) {
  for (int turn = 0; turn < 4; ++turn) {
    const auto placement = placed(nodes, asked);
    if (placement) return;
    const std::string error = placement.error().text();
    SCOPED_TRACE(fmt::format("-n {} --map-by {} --bind-to {}: {}", asked.ranks, asked.map,
                             asked.bind, error));
    const Asked before = asked;
    if (!follow(error, asked)) return;
    kinds.insert(std::regex_replace(error.substr(error.find(' ')), std::regex("[0-9]+"), "N"));
    ASSERT_FALSE(asked.map == before.map && asked.bind == before.bind) << "no progress";
    if (turn == 3) ADD_FAILURE() << "not lifted";
  }
}

class HintGenerator {
 public:
  explicit HintGenerator(unsigned seed) : random_(seed) {}

  uint32_t number(uint32_t first, uint32_t last) {
    return std::uniform_int_distribution<uint32_t>(first, last)(random_);
  }
  std::string one_of(const std::vector<std::string>& texts) {
    return texts[number(0, static_cast<uint32_t>(texts.size()) - 1)];
  }

  Machine machine() {
    auto machine = machine_shape(
        fmt::format("{} package x {} numa x {} l3cache x {} core x {} "
                    "hwthread",
                    number(1, 2), number(1, 2), number(1, 2), number(1, 4), number(1, 2)));
    // As small cores have none.
    if (number(0, 3) == 0) machine.levels[static_cast<size_t>(Level::l3cache)].pop_back();
    return machine;
  }

  Asked asked() {
    Asked asked{.ranks = number(0, 20)};
    asked.map = one_of({"slot", "node", "package", "numa", "l3cache", "core", "hwthread",
                        "ppr:1:core", "ppr:3:package", "ppr:2:node", "rankfile", "pe-list=0,1"});
    const bool own_cpus = asked.map == "rankfile" || asked.map.starts_with("pe-list");
    if (number(0, 1) == 0 && !own_cpus) asked.map += fmt::format(":PE={}", number(2, 5));
    asked.map += one_of({"", "", ":OVERSUBSCRIBE", ":NOOVERSUBSCRIBE", ":HWTCPUS"});
    asked.bind = one_of({"", "", "core", "hwthread", "l3cache", "package", "none",
                         "core:if-supported", "package:limit=1"});
    if (own_cpus) asked.bind.clear();
    return asked;
  }

 private:
  std::mt19937 random_;
};

TEST(PlacementHintsTest, WhatARefusalNamesLiftsIt) {
  std::set<std::string> kinds;
  for (unsigned seed = 0; seed < 6000; ++seed) {
    SCOPED_TRACE(seed);
    HintGenerator generate(seed);
    const Machine machine = generate.machine();
    std::vector<NodeOffer> nodes = {{"a", &machine, generate.number(1, 6)},
                                    {"b", &machine, generate.number(1, 6)}};
    if (generate.number(0, 3) == 0) nodes[0].max_slots = nodes[0].slots + 1;
    expect_lifted(nodes, generate.asked(), kinds);
    if (HasFailure()) break;
  }
  EXPECT_GE(kinds.size(), 12U);
}

TEST(PlacementHintsTest, LevelsThatTheNodeHasAreNamed) {
  const Machine machine = machine_shape("2 l2cache x 2 core");
  const std::vector<NodeOffer> nodes = {{"a", &machine, 4}};
  EXPECT_EQ(placed(nodes, {2, "package", ""}).error().text(),
            "a: --map-by package: it has no package; there is l2cache, core, hwthread");
  for (const char* level : {"l2cache", "core", "hwthread"}) {
    EXPECT_TRUE(placed(nodes, {2, level, ""})) << level;
  }
}

}  // namespace
}  // namespace skyrun
