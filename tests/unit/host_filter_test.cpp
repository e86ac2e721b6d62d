// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/host_filter.h"

#include <gtest/gtest.h>

#include "launcher/nodes/host_list.h"
#include "launcher/nodes/hostfile.h"

namespace skyrun {
namespace {

Result<std::vector<Host>> choose(std::string_view list) {
  const auto of_file = parse_hostfile("alpha slots=8\nann@beta port=2222\ngamma\n", "hosts");
  return choose_hosts(*of_file, *parse_host_list(list), "hosts");
}

TEST(HostFilterTest, TheListChoosesWithinTheFile) {
  const auto chosen = choose("Beta,alpha:2");
  ASSERT_TRUE(chosen);
  EXPECT_EQ(*chosen, (std::vector<Host>{{.name = "beta", .user = "ann", .port = 2222},
                                        {.name = "alpha", .slots = 2}}));
}

TEST(HostFilterTest, AHostThatTheFileLacksIsAnErrorWithTheNearest) {
  EXPECT_EQ(choose("alpha,gama").error().text(),
            "--host: gama is not in the hostfile hosts; did you mean gamma?");
}

TEST(HostFilterTest, NamesInAnotherCaseAreTheSameHost) {
  const auto hosts = parse_host_list("h0,H0,h1");
  ASSERT_EQ(hosts->size(), 2U);
  EXPECT_EQ((*hosts)[0].slots, 2);
}

TEST(HostFilterTest, APortIsNotTakenForSlots) {
  EXPECT_EQ(parse_host_list("h1:2222").error().text(),
            "--host: h1:2222: 2222 slots are more than a machine has CPUs; a port is said in a "
            "hostfile, as \"h1 port=2222\", or in ~/.ssh/config");
  EXPECT_TRUE(parse_host_list("h1:1792"));
}

}  // namespace
}  // namespace skyrun
