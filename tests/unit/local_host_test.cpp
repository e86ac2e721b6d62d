// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/local_host.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const OwnNames kOwn{.hostname = "Node7.cluster.example", .addresses = {"10.0.0.7", "2001:db8::7"}};

TEST(LocalHostTest, TheOwnNameIsKnownInFullAndInShortForm) {
  for (const char* name : {"localhost", "a.localhost", "node7", "NODE7.cluster.example"}) {
    EXPECT_TRUE(kOwn.has_name(name)) << name;
  }
  for (const char* name : {"node", "node77", "node7.other.example", "node7.cluster", ""}) {
    EXPECT_FALSE(kOwn.has_name(name)) << name;
  }
  EXPECT_FALSE(OwnNames{}.has_name(""));
}

TEST(LocalHostTest, AnAddressOfAnInterfaceIsOurs) {
  for (const char* address :
       {"10.0.0.7", "2001:db8::7", "2001:0db8:0:0::7", "127.0.0.1", "127.3.2.1", "127.1", "::1",
        "0:0::1", "::ffff:127.0.0.1", "0.0.0.0", "::"}) {
    EXPECT_TRUE(kOwn.has_address(address)) << address;
  }
  for (const char* address : {"10.0.0.8", "::2", "128.0.0.1", "", "node7"}) {
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

TEST(LocalHostTest, NamesOfOwnAddressesInTheHostsFileAreOurs) {
  EXPECT_EQ(
      aliases_in("127.0.1.1 Box.example Box # mine\n10.0.0.8 other\n\n10.0.0.7\tfront\n", kOwn),
      (std::vector<std::string>{"box.example", "box", "front"}));
}

}  // namespace
}  // namespace skyrun
