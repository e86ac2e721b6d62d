// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/introduction.h"

#include <gtest/gtest.h>

#include "tests/support/fake_cluster_actions.h"

namespace skyrun {
namespace {

NodeFacts at(const std::string& hostname, const std::string& address) {
  return {.hostname = hostname,
          .address = address,
          .addresses = {{.interface = "eth0", .address = address, .prefix = 24}}};
}

TEST(IntroductionTest, EveryNodeHasAnAddress) {
  const auto made = introduce(nodes_named_h(2), {at("a", "10.0.0.1"), at("b", "10.0.0.2")});
  EXPECT_EQ(made.addresses, (std::vector<std::string>{"10.0.0.1", "10.0.0.2"}));
  EXPECT_TRUE(made.notices.empty() && made.errors.empty());
}

TEST(IntroductionTest, ANodeWithoutTheInterfaceIsNamedWithWhatItHas) {
  auto lacking = at("b", "10.0.0.2");
  lacking.address.clear();
  const auto made = introduce(nodes_named_h(2), {at("a", "10.0.0.1"), lacking});
  EXPECT_EQ(made.errors,
            std::vector<std::string>{"h1: no address of the interface that --interface names; it "
                                     "has eth0 10.0.0.2"});
  EXPECT_TRUE(made.addresses.empty());
}

TEST(IntroductionTest, NodesThatAreOneMachineAreNamedUnlessTheyAreEmbedded) {
  auto nodes = nodes_named_h(3);
  const std::vector<NodeFacts> facts(3, at("a", "10.0.0.1"));
  nodes[2].home = "/tmp/h2";
  const auto made = introduce(nodes, facts);
  ASSERT_EQ(made.notices.size(), 1U);
  EXPECT_EQ(made.notices[0], (Notice{NodeId{1}, "the same machine as h0 (a)"}));
}

}  // namespace
}  // namespace skyrun
