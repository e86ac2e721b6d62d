// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/node_addresses.h"

#include <gtest/gtest.h>

#include "node_daemon/own_address.h"
#include "protocol/network.h"

namespace skyrun {
namespace {

using Addresses = std::vector<std::string>;

/// A node that guesses `guess`, was reached from `from`, and has these addresses of /16 networks.
NodeFacts node(const std::string& guess, const std::string& from, const Addresses& all) {
  NodeFacts facts{.hostname = "h", .address = guess, .reached_from = from};
  for (const auto& each : all)
    facts.addresses.push_back({.interface = "e", .address = each, .prefix = 16});
  return facts;
}

Addresses choose(const std::vector<NodeFacts>& facts) {
  return choose_addresses(facts, std::vector<bool>(facts.size(), false));
}

TEST(NodeAddressesTest, TheHeadIsKnownByTheAddressThatTheOthersWereReachedFrom) {
  const Addresses chosen = choose({node("10.78.0.2", "10.78.0.1", {"10.78.0.2", "10.77.0.2"}),
                                   node("10.77.0.3", "10.77.0.2", {"10.77.0.3"}),
                                   node("10.77.0.4", "10.77.0.2", {"10.77.0.4"})});
  EXPECT_EQ(chosen, (Addresses{"10.77.0.2", "10.77.0.3", "10.77.0.4"}));
}

TEST(NodeAddressesTest, WhereTheClientStartsAllTheirNetworksDecide) {
  const Addresses chosen = choose({node("10.78.0.2", "10.78.0.1", {"10.78.0.2", "10.77.0.2"}),
                                   node("10.77.0.3", "10.77.0.1", {"10.77.0.3"}),
                                   node("10.77.0.4", "10.77.0.1", {"172.17.0.1", "10.77.0.4"})});
  EXPECT_EQ(chosen, (Addresses{"10.77.0.2", "10.77.0.3", "10.77.0.4"}));
}

TEST(NodeAddressesTest, ANetworkThatTheClientSharesWithAllNodesStays) {
  const Addresses chosen = choose({node("10.78.0.2", "10.78.0.1", {"10.77.0.2", "10.78.0.2"}),
                                   node("10.78.0.3", "10.78.0.1", {"10.77.0.3", "10.78.0.3"})});
  EXPECT_EQ(chosen, (Addresses{"10.78.0.2", "10.78.0.3"}));
}

TEST(NodeAddressesTest, AnAddressThatSeveralNodesHaveSaysNothing) {
  const Addresses chosen = choose({node("10.77.0.2", "", {"172.17.0.1", "10.77.0.2"}),
                                   node("10.79.0.3", "172.17.0.1", {"172.17.0.1", "10.79.0.3"})});
  EXPECT_EQ(chosen, (Addresses{"10.77.0.2", "10.79.0.3"}));
}

TEST(NodeAddressesTest, WhatOneWasReachedFromCountsLessThanTheNetworkOfMany) {
  const Addresses chosen =
      choose({node("10.78.0.2", "10.78.0.1", {"10.78.0.2", "10.77.0.2"}),
              node("10.77.0.1", "", {"10.77.0.1", "10.78.0.1"}),  // the client, in the middle
              node("10.77.0.4", "10.77.0.2", {"10.77.0.4"})});
  EXPECT_EQ(chosen, (Addresses{"10.77.0.2", "10.77.0.1", "10.77.0.4"}));
}

TEST(NodeAddressesTest, BehindRoutersItIsWhatTheyWereReachedFrom) {
  const Addresses chosen = choose({node("10.78.0.2", "10.78.0.1", {"10.78.0.2", "10.1.0.2"}),
                                   node("10.2.0.3", "10.1.0.2", {"10.2.0.3"}),
                                   node("10.3.0.4", "10.1.0.2", {"10.3.0.4"})});
  EXPECT_EQ(chosen, (Addresses{"10.1.0.2", "10.2.0.3", "10.3.0.4"}));
}

TEST(NodeAddressesTest, WhatIsFixedStays) {
  EXPECT_EQ(choose_addresses({node("127.0.0.1", "", {"10.77.0.2"}), node("10.77.0.3", "", {})},
                             {true, false}),
            (Addresses{"127.0.0.1", "10.77.0.3"}));
}

TEST(NodeAddressesTest, NodesOfOneNameAndAllAddressesAreOneMachine) {
  const std::vector<NodeFacts> facts{node("a", "", {"10.0.0.1"}), node("b", "", {"10.0.0.2"}),
                                     node("c", "", {"10.0.0.1"}), node("d", "", {}),
                                     node("e", "", {})};
  EXPECT_EQ(first_of_machine(facts), (std::vector<uint32_t>{0, 1, 0, 3, 4}));
}

TEST(NodeAddressesTest, AnInterfaceIsANameOrANetwork) {
  const NodeAddress address{.interface = "ib0", .address = "10.77.3.4", .prefix = 24};
  for (const char* text : {"ib0", "10.77.0.0/16", "10.77.3.4/32", "0.0.0.0/0"})
    EXPECT_TRUE(is_of_interface(address, text)) << text;
  for (const char* text : {"ib", "10.78.0.0/16", "10.77.3.5/32", "fd00::/8", "10.77.0.0/99"})
    EXPECT_FALSE(is_of_interface(address, text)) << text;
  EXPECT_TRUE(is_network("fd00::/8"));
  EXPECT_FALSE(is_network("10.0.0.0/33"));
}

TEST(NodeAddressesTest, TheSshConnectionSaysWhoCameFromWhere) {
  const auto seen = read_ssh_connection("10.0.0.9 5000 10.0.0.2 22");
  EXPECT_EQ(seen.peer, "10.0.0.9");
  EXPECT_EQ(seen.own, "10.0.0.2");
  for (const char* text : {"127.0.0.1 5000 127.0.0.1 22", "::1 5 ::1 22", "nonsense"})
    EXPECT_EQ(read_ssh_connection(text).own, "");
}

}  // namespace
}  // namespace skyrun
