// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/host_list.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

std::string error_of(std::string_view text) {
  const auto hosts = parse_host_list(text);
  return hosts ? "no error" : hosts.error().text();
}

TEST(HostListTest, EveryFormOfAHostIsRead) {
  const std::vector<Host> expected = {
      {.name = "a", .slots = 1},         {.name = "b", .slots = 2},
      {.name = "::1", .slots = 4},       {.name = "c", .user = "user", .slots = 1},
      {.name = "fe80::1:2", .slots = 1}, {.name = "d", .slots = 0}};
  EXPECT_EQ(*parse_host_list("a,b:2,[::1]:4,user@c, fe80::1:2,d:*"), expected);
}

TEST(HostListTest, TheSameHostAgainAddsItsSlots) {
  const std::vector<Host> expected = {{.name = "b", .slots = 4}, {.name = "a", .slots = 2}};
  EXPECT_EQ(*parse_host_list("b:3,a,a,b"), expected);
}

TEST(HostListTest, ErrorsNameTheOption) {
  EXPECT_EQ(error_of(""), "--host: host name is missing");
  EXPECT_EQ(error_of("a,,b"), "--host: host name is missing");
  EXPECT_EQ(error_of("a:x"), "--host: a: slots=x: expected a number from 1 to 1000000");
  EXPECT_EQ(error_of("a:"), "--host: a: slots=: expected a number from 1 to 1000000");
  EXPECT_EQ(error_of("a,-v"), "--host: '-v': a host name cannot begin with '-'");
  EXPECT_EQ(error_of("a b"), "--host: 'a b': not a host name or address");
  EXPECT_EQ(error_of(":2"), "--host: host name is missing");
}

}  // namespace
}  // namespace skyrun
