// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/node_pools.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

class NodePoolsTest : public testing::Test {
 protected:
  NodePoolsTest() {
    home_.write("pool-key", "key");
    home_.write("alice-key", "key");
  }

  Result<NodePool> parse(const std::string& text, const std::string& name = "") const {
    return parse_node_pool(text, "pools.yaml", name,
                           {.home = home_.path(), .is_configured = [](const std::string& host) {
                              return host == "configured";
                            }});
  }

  std::string error_of(const std::string& text, const std::string& name = "") const {
    const auto pool = parse(text, name);
    return pool ? "no error" : pool.error().text();
  }

  TemporaryDirectory home_;
};

TEST_F(NodePoolsTest, ThePoolsOwnLoginIsThatOfHostsWithoutOne) {
  const auto pool = parse(R"(
mine:
  user: ubuntu
  identity_file: ~/pool-key
  password: unused
  hosts:
    - 1.2.3.4
    - ip: second
      user: alice
      identity_file: ~/alice-key
      password: unused
    - configured
    - {ip: configured2}
)");
  ASSERT_TRUE(pool) << pool.error().text();
  EXPECT_EQ(pool->name, "mine");
  const std::string pool_key = home_.path() + "/pool-key";
  EXPECT_EQ(pool->hosts,
            (std::vector<Host>{
                {.name = "1.2.3.4", .user = "ubuntu", .identity_file = pool_key},
                {.name = "second", .user = "alice", .identity_file = home_.path() + "/alice-key"},
                {.name = "configured"},
                {.name = "configured2", .user = "ubuntu", .identity_file = pool_key}}));
}

TEST_F(NodePoolsTest, APoolIsFoundByItsName) {
  const std::string two = "a: {hosts: [h1]}\nb: {hosts: [h2]}";
  EXPECT_EQ(parse(two)->name, "a");
  EXPECT_EQ(parse(two, "b")->hosts, (std::vector<Host>{{.name = "h2"}}));
  EXPECT_EQ(error_of(two, "c"), "pools.yaml: has no pool 'c', only a, b");
}

TEST_F(NodePoolsTest, AHostWithoutAddressIsSkippedWithANotice) {
  const auto pool = parse("a:\n  hosts:\n  - {user: x}\n  - h1\n  - ");
  ASSERT_TRUE(pool) << pool.error().text();
  EXPECT_EQ(pool->hosts, (std::vector<Host>{{.name = "h1"}}));
  EXPECT_EQ(pool->notices, (std::vector<std::string>{"pools.yaml:3: a host without ip, skipped",
                                                     "pools.yaml:5: a host without ip, skipped"}));
}

TEST_F(NodePoolsTest, OnlyTheWantedPoolIsJudged) {
  EXPECT_TRUE(parse("a: {hosts: [h1]}\nb: {hosts: [], identity_file: missing}", "a"));
}

TEST_F(NodePoolsTest, ErrorsNameThePlace) {
  EXPECT_EQ(error_of(""), "pools.yaml: has no pools");
  EXPECT_EQ(error_of("- a"), "pools.yaml: has no pools");
  EXPECT_EQ(error_of("a: {user: x}"),
            "pools.yaml:1: a: No hosts defined in cluster a configuration");
  EXPECT_EQ(error_of("a:\n  hosts: []"),
            "pools.yaml:2: a: No hosts defined in cluster a configuration");
  EXPECT_EQ(error_of("a:\n  identity_file: ~/missing\n  hosts: [h]"),
            "pools.yaml:2: identity_file: SSH Identity File Missing: ~/missing");
  EXPECT_EQ(error_of("a:\n  hosts:\n  - -oProxyCommand=x"),
            "pools.yaml:3: a: '-oProxyCommand=x': a host name cannot begin with '-'");
  EXPECT_EQ(error_of("a:\n  hosts:\n  - {ip: h, user: -l}"),
            "pools.yaml:3: a: '-l': not a user name");
  const std::string twice = error_of("a: {hosts: [h]}\na: {hosts: [h]}");
  EXPECT_NE(twice.find("Duplicate key 'a' in YAML at line 2 (also defined at line 1)"),
            std::string::npos)
      << twice;
}

TEST_F(NodePoolsTest, PortsOfHostsAreTheirs) {
  const auto pool = parse(
      "p:\n  hosts:\n    - b:22\n    - ip: c\n      port: 2222\n    - ann@d:23\n"
      "    - '[::1]:24'\n    - ::2\n");
  ASSERT_TRUE(pool) << pool.error().text();
  const std::vector<Host> wanted{{.name = "b", .port = 22},
                                 {.name = "c", .port = 2222},
                                 {.name = "d", .user = "ann", .port = 23},
                                 {.name = "::1", .port = 24},
                                 {.name = "::2"}};
  EXPECT_EQ(pool->hosts, wanted);
  EXPECT_EQ(error_of("p:\n  hosts:\n    - b:x\n"),
            "pools.yaml:3: p: port=x: expected a number from 1 to 65535");
}

TEST_F(NodePoolsTest, AKeyThatAHostHasNotIsAnErrorWithTheNearest) {
  EXPECT_EQ(error_of("p:\n  hosts:\n    - ip: a\n      usr: ann\n"),
            "pools.yaml:4: p: a host has no 'usr'; did you mean user?; it has ip, port, user, "
            "identity_file, password");
}

}  // namespace
}  // namespace skyrun
