// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_plan.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const OwnNames kOwn{.hostname = "me", .addresses = {"10.0.0.7"}, .aliases = {"front"}};

std::vector<NodeSpec> plan(const std::vector<Host>& hosts) {
  return plan_hosts(hosts, {.count = static_cast<uint32_t>(hosts.size())}, kOwn)->nodes;
}

TEST(NodePlanTest, ThisMachineIsStartedFromHereWhereverItStands) {
  for (const char* name : {"localhost", "127.0.0.1", "::1", "me", "ME", "10.0.0.7", "front"}) {
    const auto nodes = plan({{.name = "h0"}, {.name = name}, {.name = "h1"}});
    EXPECT_TRUE(nodes[1].local) << name;
    EXPECT_TRUE(nodes[1].by_client) << name;
    EXPECT_FALSE(nodes[2].by_client) << name;
  }
}

TEST(NodePlanTest, AUserOrAPortOnThisMachineIsReachedBySshFromHere) {
  const auto nodes = plan(
      {{.name = "h0"}, {.name = "localhost", .user = "ann"}, {.name = "127.0.0.1", .port = 2222}});
  for (const size_t i : {1, 2}) {
    EXPECT_FALSE(nodes[i].local);
    EXPECT_TRUE(nodes[i].by_client);
  }
}

TEST(NodePlanTest, AnOwnAddressInTheHostListIsHowTheOthersKnowIt) {
  EXPECT_EQ(plan({{.name = "10.0.0.7"}})[0].address, "10.0.0.7");
  EXPECT_EQ(plan({{.name = "127.0.0.1"}})[0].address, "");
}

}  // namespace
}  // namespace skyrun
