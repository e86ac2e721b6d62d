// SPDX-License-Identifier: Apache-2.0
#include "topology/mapping/policy_text.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

TEST(PolicyTextTest, MapByTextsReadBackAsTheyWereMeant) {
  const std::pair<const char*, const char*> texts[] = {
      {"slot", "slot"},
      {"SOCKET", "package"},
      {"L1", "l1cache"},
      {"hw", "hwthread"},
      {"Pack:pe=2:span", "package:PE=2:SPAN"},
      {"ppr:2:numa", "ppr:2:numa"},
      {"ppr:4:node:over", "ppr:4:node:OVERSUBSCRIBE"},
      {"ppr:1:SOCK:HWT", "ppr:1:package:HWTCPUS"},
      {":OVERSUBSCRIBE", ":OVERSUBSCRIBE"},
      {":PE=3", ":PE=3"},
      {"core:nooversubscribe:nolocal", "core:NOLOCAL:NOOVERSUBSCRIBE"},
      {"seq:file=/a/b=c", "seq:FILE=/a/b=c"},
      {"rankfile:FILE=x", "rankfile:FILE=x"},
      {"pe-list=4,0,2:ordered", "pe-list=4,0,2:ORDERED"},
      {"pe-list=1-3", "pe-list=1,2,3"},
      {"strict", "strict"},
      {"fill:core", "fill:CORECPUS"},
  };
  for (const auto& [text, meant] : texts) {
    const auto mapping = parse_map_by(text);
    ASSERT_TRUE(mapping) << mapping.error().text();
    EXPECT_EQ(map_text(*mapping), meant);
    EXPECT_EQ(parse_map_by(meant), mapping) << text;
  }
}

TEST(PolicyTextTest, RefusesWhatMeansNothingAndSaysWhy) {
  const std::pair<const char*, const char*> texts[] = {
      {"", "'' is none of slot, node"},
      {"s", "'s' may be each of slot, socket, seq, strict"},
      {"l", "'l' may be each of l1cache, l2cache, l3cache"},
      {"board", "'board' is none of"},
      {"slot:PE=0", "PE needs a number from 1, not '0'"},
      {"slot:PE", "PE needs a number from 1, not ''"},
      {"slot:span=2", "'span' takes no value"},
      {"slot:SPAN", "SPAN needs an object to map by"},
      {"core=2", "'core' takes no value"},
      {"ppr", "ppr needs a number and an object: ppr:2:package"},
      {"ppr:x:core", "ppr needs a number from 1, not 'x'"},
      {"ppr:1:n", "'n' may be each of node, numa"},
      {"pe-list", "pe-list needs CPUs"},
      {"pe-list=a", "'a' is no list of CPUs"},
      {"pe-list=0:PE=2", "PE does not go with it"},
      {"core:ordered", "ORDERED goes with pe-list only"},
      {"core:FILE=x", "FILE goes with seq and rankfile only"},
      {"seq:FILE=", "FILE needs a path"},
      {"core:OVERSUBSCRIBE:NOOVERSUBSCRIBE", "exclude each other"},
      {"core:HWTCPUS:CORECPUS", "exclude each other"},
  };
  for (const auto& [text, why] : texts) {
    const auto mapping = parse_map_by(text);
    ASSERT_FALSE(mapping) << text;
    EXPECT_EQ(mapping.error().text().rfind("--map-by " + std::string(text) + ": ", 0), 0U);
    EXPECT_NE(mapping.error().text().find(why), std::string::npos) << mapping.error().text();
  }
}

TEST(PolicyTextTest, AnErrorNamesTheOptionOfTheCaller) {
  EXPECT_EQ(parse_map_by("slot:PE=0", "--policy").error().text(),
            "--policy slot:PE=0: PE needs a number from 1, not '0'");
}

TEST(PolicyTextTest, RankByKnowsFourWords) {
  for (const char* text : {"slot", "node", "fill", "span"}) {
    EXPECT_EQ(rank_text(parse_rank_by(text).value()), text);
  }
  EXPECT_EQ(parse_rank_by("F"), RankBy::fill);
  EXPECT_EQ(parse_rank_by("core").error().text(),
            "--rank-by core: 'core' is none of slot, node, fill, span");
}

TEST(PolicyTextTest, BindToReadsObjectsAndQualifiers) {
  EXPECT_EQ(bind_text(parse_bind_to("none").value()), "none");
  EXPECT_EQ(bind_text(parse_bind_to("Socket:overload").value()), "package:overload-allowed");
  EXPECT_EQ(bind_text(parse_bind_to("core:if:limit=2").value()), "core:if-supported:limit=2");
  EXPECT_TRUE(parse_bind_to("numa:REPORT")->report);
  for (const char* text : {"", "n", "node", "core:", "core:limit", "core:PE=2"}) {
    const auto binding = parse_bind_to(text);
    ASSERT_FALSE(binding) << text;
    EXPECT_EQ(binding.error().text().rfind("--bind-to " + std::string(text) + ": ", 0), 0U);
  }
}

}  // namespace
}  // namespace skyrun
