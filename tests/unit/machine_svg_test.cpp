// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/machine_svg.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "launcher/topo/machine_rows.h"
#include "launcher/topo/rank_colours.h"
#include "launcher/topo/svg.h"
#include "tests/support/machine_shape.h"
#include "topology/machine_reader.h"
#include "topology/mapping/policy_text.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

const std::string kTopologies = SKYRUN_TEST_DATA "/topologies/";

Placement placed(const Machine& machine, uint32_t ranks, const char* policy = "strict") {
  return place({{.name = "n", .machine = &machine, .slots = ranks}},
               {.ranks = ranks, .map = parse_map_by(policy).value()})
      .value();
}

size_t count(const std::string& text, std::string_view piece) {
  size_t found = 0;
  for (size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1))
    ++found;
  return found;
}

/// Every element is closed, in order, and nothing stands for markup that is not ours.
bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (size_t at = 0; (at = xml.find('<', at)) != std::string::npos;) {
    const size_t end = xml.find('>', at);
    if (end == std::string::npos || xml.find('<', at + 1) < end) return false;
    const std::string tag = xml.substr(at + 1, end - at - 1);
    if (tag.back() != '/' && tag.front() != '/') open.push_back(tag.substr(0, tag.find(' ')));
    if (tag.front() == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    }
    at = end;
  }
  return open.empty() && count(xml, "&") == count(xml, "&amp;") + count(xml, "&lt;") +
                                                count(xml, "&gt;") + count(xml, "&quot;");
}

TEST(MachineSvgTest, EveryMachineIsDrawnWithAllOfItsParts) {
  for (const auto& file : fs::directory_iterator(kTopologies)) {
    if (file.path().extension() != ".xml") continue;
    const auto machine = read_machine_file(file.path());
    ASSERT_TRUE(machine) << machine.error().text();
    const auto ranks = static_cast<uint32_t>(std::max<size_t>(machine->gpus.size(), 4));
    const auto placement = placed(*machine, ranks);
    const std::string svg = machine_svg(*machine, &placement);
    EXPECT_TRUE(is_well_formed(svg)) << file.path();
    EXPECT_EQ(count(svg, ">GPU "), machine->gpus.size()) << file.path();
    for (const Nic& nic : machine->nics) {
      EXPECT_NE(svg.find(">" + shortened(nic.name, 12) + "<"), std::string::npos) << file.path();
    }
  }
}

TEST(MachineSvgTest, AllCoresAndDevicesAreSomewhereOnce) {
  for (const auto& file : fs::directory_iterator(kTopologies)) {
    if (file.path().extension() != ".xml") continue;
    const Machine machine = read_machine_file(file.path()).value();
    std::vector<uint32_t> cores, gpus, nics;
    for (const auto& block : arrange(machine)) {
      for (const auto& row : block.rows) {
        cores.insert(cores.end(), row.cores.begin(), row.cores.end());
        gpus.insert(gpus.end(), row.gpus.begin(), row.gpus.end());
        nics.insert(nics.end(), row.nics.begin(), row.nics.end());
      }
    }
    for (auto* list : {&cores, &gpus, &nics}) {
      std::ranges::sort(*list);
      EXPECT_EQ(std::ranges::adjacent_find(*list), list->end()) << file.path();
    }
    EXPECT_EQ(cores.size(), machine.at(Level::core).size()) << file.path();
    EXPECT_EQ(gpus.size(), machine.gpus.size()) << file.path();
    EXPECT_EQ(nics.size(), machine.nics.size()) << file.path();
  }
}

TEST(MachineSvgTest, ACoreHasTheColourOfItsRank) {
  const Machine machine = MachineShape("1 package x 2 core").build();
  const auto one = placed(machine, 2, "core");
  const std::string svg = machine_svg(machine, &one);
  for (uint32_t rank = 0; rank < 2; ++rank) {  // its cell, and its name above
    EXPECT_EQ(count(svg, fmt::format("fill=\"{}\"", rank_colour(rank).fill)), 2U) << svg;
    EXPECT_EQ(count(svg, fmt::format(">rank {}<", rank)), 1U);
  }
  EXPECT_EQ(count(machine_svg(machine, nullptr), rank_colour(0).fill), 0U);
}

TEST(MachineSvgTest, RanksThatShareACoreAreStripes) {
  const Machine machine = MachineShape("1 package x 1 core x 2 hwthread").build();
  const auto both = placed(machine, 2, "hwthread");
  const std::string svg = machine_svg(machine, &both);
  EXPECT_EQ(count(svg, "width=\"12.5\""), 2U) << svg;
}

TEST(MachineSvgTest, NeighboursHaveOtherColours) {
  for (uint32_t rank = 0; rank < 40; ++rank) {
    EXPECT_NE(rank_colour(rank).fill, rank_colour(rank + 1).fill);
  }
}

TEST(MachineSvgTest, HostileNamesStayWords) {
  Machine machine = MachineShape("1 package x 1 core").build();
  machine.gpus.push_back({.name = "<a>\"&\x1b\xff"});
  machine.nics.push_back({.name = "</svg><script>"});
  const std::string svg = machine_svg(machine, nullptr);
  EXPECT_TRUE(is_well_formed(svg)) << svg;
  EXPECT_EQ(count(svg, "<script"), 0U);
  EXPECT_NE(svg.find("&lt;a&gt;&quot;&amp;?\xef\xbf\xbd"), std::string::npos) << svg;
}

TEST(MachineSvgTest, LongWordsAreShortened) {
  EXPECT_EQ(shortened("12345", 5), "12345");
  EXPECT_EQ(shortened("123456", 5), "1234…");
  EXPECT_EQ(shortened("ääääää", 3), "ää…");
  EXPECT_EQ(shortened("", 3), "");
}

/// The pictures of the documentation are what the program draws.
TEST(MachineSvgTest, PicturesOfTheDocumentationAreTrue) {
  for (const auto& [picture, file] : {std::pair("dgx.svg", "syn-dgx-h100-nvml.xml"),
                                      std::pair("frontier.svg", "syn-frontier.xml")}) {
    const Machine machine = read_machine_file(kTopologies + file).value();
    const auto placement = placed(machine, 8);
    std::ifstream in(std::string(SKYRUN_TEST_DATA "/../../docs/pictures/") + picture);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), machine_svg(machine, &placement))
        << picture << ": draw it again with skyrun topo --xml tests/data/topologies/" << file
        << " --place 8 --svg docs/pictures/" << picture;
  }
}

}  // namespace
}  // namespace skyrun
