// SPDX-License-Identifier: Apache-2.0
//
// The tables of tests/data/mapping. A file names a shape and nodes, then cases: a line of options,
// and a line for each rank (or "error …"). SKYRUN_WRITE_GOLDEN=1 writes what comes out in place of
// it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "core/text.h"
#include "tests/support/machine_shape.h"
#include "topology/mapping/placement.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

struct World {
  Machine machine;
  std::vector<NodeOffer> nodes;
};

NodeOffer to_node(std::string_view text) {
  const auto parts = split(text, ':');
  NodeOffer node{.name = std::string(parts[0]), .slots = *to_number<uint32_t>(parts[1])};
  if (parts.size() > 2) node.max_slots = to_number<uint32_t>(parts[2]);
  return node;
}

void set_up(World& world, std::string_view word, std::string_view rest) {
  if (word == "shape") world.machine = machine_shape(rest);
  if (word == "allowed") restrict_to(world.machine, CpuSet::parse(rest).value());
  if (word == "gpus") {
    std::vector<uint32_t> numa;
    for (const auto each : split_words(rest)) numa.push_back(*to_number<uint32_t>(each));
    add_gpus(world.machine, numa);
  }
  if (word == "nodes") {
    world.nodes.clear();
    for (const auto each : split_words(rest)) world.nodes.push_back(to_node(each));
    world.nodes.front().is_local = true;
  }
}

/// "-n 4 --map-by core --bind-to none"; the lines of a file follow after "<", between slashes.
Result<Placement> run_case(World& world, std::string_view line) {
  std::string text;
  if (const size_t file = line.find(" < "); file != std::string_view::npos) {
    for (const auto each : split(line.substr(file + 3), '/'))
      text += std::string(trim(each)) + "\n";
    line = line.substr(0, file);
  }
  Request request;
  const auto words = split_words(line);
  for (size_t i = 0; i < words.size(); i += 2) {
    const auto value = words[i + 1];
    if (words[i] == "-n") request.ranks = *to_number<uint32_t>(value);
    if (words[i] == "--map-by") request.map = parse_map_by(value).value();
    if (words[i] == "--rank-by") request.rank = parse_rank_by(value).value();
    if (words[i] == "--bind-to") request.bind = parse_bind_to(value).value();
    if (words[i] == "--defaults") request.defaults = Defaults::open_mpi_4;
  }
  for (auto& node : world.nodes) node.machine = &world.machine;
  return place(world.nodes, request, text);
}

std::string describe(const World& world, const Result<Placement>& placement) {
  if (!placement) return fmt::format("  error {}\n", placement.error().text());
  std::string text;
  for (size_t i = 0; i < placement->ranks.size(); ++i) {
    const auto& rank = placement->ranks[i];
    const auto& seat = placement->seat_of(i);
    text += fmt::format("  {} {} local {}", i, world.nodes[rank.node].name, rank.local_rank);
    if (seat.domain) text += fmt::format(" object {}", *seat.domain);
    text += fmt::format(" cpus {}", seat.cpus.empty() ? "-" : seat.cpus.text());
    if (seat.numa) text += fmt::format(" numa {}", *seat.numa);
    if (!seat.gpus.empty()) text += fmt::format(" gpu {}", fmt::join(seat.gpus, ","));
    if (seat.is_shared) text += " shared";
    if (seat.is_remote) text += " remote";
    text += "\n";
  }
  return text;
}

/// The file as it should be: everything but the tables is kept.
std::string with_tables(std::string_view text) {
  World world;
  std::string result;
  for (const auto line : split(text, '\n')) {
    if (line.starts_with("  ")) continue;
    result += std::string(line) + "\n";
    const size_t space = line.find(' ');
    if (line.starts_with('#') || space == std::string_view::npos) continue;
    if (line.starts_with('-')) {
      result += describe(world, run_case(world, line));
    } else {
      set_up(world, line.substr(0, space), line.substr(space + 1));
    }
  }
  result.pop_back();  // a newline ends the last line, it does not begin another
  return result;
}

TEST(PlacementGoldenTest, EveryTableIsAsWritten) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SKYRUN_TEST_DATA "/mapping")) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string expected = with_tables(text);
    if (std::getenv("SKYRUN_WRITE_GOLDEN") != nullptr) std::ofstream(entry.path()) << expected;
    EXPECT_EQ(text, expected) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 6U);
}

}  // namespace
}  // namespace skyrun
