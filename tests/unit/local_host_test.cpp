// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/local_host.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const OwnNames kOwn{.hostname = "Node7.cluster.example", .addresses = {"10.0.0.7", "2001:db8::7"}};

TEST(LocalHostTest, TheOwnNameIsKnownInFullAndInShortForm) {
  for (const char* name : {"localhost", "node7", "NODE7.cluster.example"}) {
    EXPECT_TRUE(kOwn.has_name(name)) << name;
  }
  for (const char* name : {"node", "node77", "node7.other.example", "node7.cluster", ""}) {
    EXPECT_FALSE(kOwn.has_name(name)) << name;
  }
  EXPECT_FALSE(OwnNames{}.has_name(""));
}

TEST(LocalHostTest, AnAddressOfAnInterfaceIsOurs) {
  for (const char* address : {"10.0.0.7", "2001:db8::7", "127.0.0.1", "127.3.2.1"}) {
    EXPECT_TRUE(kOwn.has_address(address)) << address;
  }
  for (const char* address : {"10.0.0.8", "::1", "128.0.0.1", ""}) {
    EXPECT_FALSE(kOwn.has_address(address)) << address;
  }
}

TEST(LocalHostTest, AnotherSpellingOfAnOwnAddressIsOurs) {
  EXPECT_TRUE(is_this_machine({.name = "2001:0db8:0:0::7"}, kOwn));
  EXPECT_FALSE(is_this_machine({.name = "2001:db8::8"}, kOwn));
}

TEST(LocalHostTest, AUserOrAPortAsksForSsh) {
  EXPECT_TRUE(is_this_machine({.name = "localhost"}, kOwn));
  EXPECT_FALSE(is_this_machine({.name = "localhost", .user = "ann"}, kOwn));
  EXPECT_FALSE(is_this_machine({.name = "localhost", .port = 2222}, kOwn));
}

TEST(LocalHostTest, ThisMachineKnowsItself) {
  const OwnNames own = OwnNames::gather();
  EXPECT_TRUE(is_this_machine({.name = own.hostname}, own));
  EXPECT_TRUE(own.has_address("127.0.0.1"));
  for (const std::string& address : own.addresses) {
    EXPECT_TRUE(is_this_machine({.name = address}, own)) << address;
  }
}

TEST(LocalHostTest, TheAddressTowardsLoopbackIsLoopback) {
  EXPECT_EQ(own_address_towards("127.0.0.1").value(), "127.0.0.1");
}

TEST(LocalHostTest, AnUnknownPeerIsNamedInTheError) {
  const std::string name(64, 'x');  // longer than a label may be: no name server is asked
  const auto address = own_address_towards(name);
  ASSERT_FALSE(address.has_value());
  EXPECT_EQ(address.error().text().rfind(name + ": ", 0), 0U) << address.error().text();
}

}  // namespace
}  // namespace skyrun
