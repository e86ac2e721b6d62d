// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/ssh_hosts.h"

#include <gtest/gtest.h>

#include <map>

namespace skyrun {
namespace {

constexpr const char* kPlain =
    "user me\nport 22\nstricthostkeychecking ask\nidentityfile ~/.ssh/id_rsa\n"
    "identityfile ~/.ssh/id_ed25519\nuserknownhostsfile /me/known_hosts\n";

/// An ssh that says `said` of some hosts, and counts what it is asked.
struct FakeSsh {
  std::map<std::string, std::string> said;
  std::vector<std::string> asked;

  AskSsh ask() {
    return [this](const std::vector<SshQuestion>& questions) {
      std::vector<std::string> answers;
      for (const auto& each : questions) {
        const std::string& name = each.host->name;
        if (each.with_files) asked.push_back(name);
        const auto found = each.with_files ? said.find(name) : said.end();
        const std::string hostname = "hostname " + name + "\n";
        answers.push_back(found != said.end() ? found->second : hostname + kPlain);
      }
      return answers;
    };
  }
};

SshConfig config(std::string_view text) {
  SshConfig config;
  config.add(text, "/nowhere", "/nowhere");
  return config;
}

std::vector<Host> hosts(const std::vector<std::string>& names) {
  std::vector<Host> hosts;
  hosts.reserve(names.size());
  for (const auto& name : names) hosts.push_back({.name = name});
  return hosts;
}

using Words = std::vector<std::string>;

TEST(SshHostsTest, WhereNoFileSaysAnythingOfAHostNobodyIsAsked) {
  FakeSsh ssh;
  for (const char* text : {"", "Host *\n SendEnv LANG\n HashKnownHosts yes\n",
                           "Host other\n Port 1\nHost h* !h0 !h1\n User x\n"})
    look_up(hosts({"h0", "h1"}), config(text), "me", ssh.ask());
  EXPECT_TRUE(ssh.asked.empty());
}

TEST(SshHostsTest, HostsOfTheSameStanzasAreAskedForOnce) {
  FakeSsh ssh;
  const std::string said = std::string("hostname h0\nuser ann\nport 22\n");
  ssh.said = {{"h0", said}};
  const auto seen =
      look_up(hosts({"h0", "h1", "h2"}), config("Host h*\nUser ann\n"), "me", ssh.ask());
  EXPECT_EQ(ssh.asked, Words{"h0"});
  for (const auto& each : seen) EXPECT_EQ(each.options, Words{"User=ann"});
}

TEST(SshHostsTest, NamesThatMayDifferAreAskedForEach) {
  for (const char* text : {"Host h*\nHostName %h.lan\n", "Match host h0,h1\nPort 3\n"}) {
    FakeSsh ssh;
    look_up(hosts({"h0", "h1"}), config(text), "me", ssh.ask());
    EXPECT_EQ(ssh.asked, (Words{"h0", "h1"})) << text;
  }
}

TEST(SshHostsTest, WhatAnotherMachineCanUseIsSent) {
  FakeSsh ssh;
  ssh.said = {{"h0",
               "hostname h3\nuser ann\nport 2222\nhostkeyalias k\nstricthostkeychecking "
               "false\nuserknownhostsfile /dev/null\nidentityfile ~/.ssh/id_ed25519\n"}};
  const auto seen = look_up(hosts({"h0"}), config("Host h0\nPort 2222\n"), "me", ssh.ask());
  EXPECT_EQ(seen[0].options, (Words{"HostName=h3", "User=ann", "Port=2222", "HostKeyAlias=k",
                                    "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"}));
  EXPECT_EQ(seen[0].name, "h3");
  EXPECT_TRUE(seen[0].asks_for_ssh);
  EXPECT_FALSE(seen[0].only_from_here);
}

TEST(SshHostsTest, WhatOnlyThisMachineHasIsStartedFromHere) {
  for (const char* said :
       {"proxyjump b\n", "proxycommand nc %h\n", "identityfile ~/.ssh/special\n",
        "userknownhostsfile /me/other\n", "bindaddress 10.0.0.1\n", "identityagent /x\n"}) {
    FakeSsh ssh;
    ssh.said = {{"h0", std::string("hostname h0\n") + said}};
    const auto seen = look_up(hosts({"h0"}), config("Host h0\nProxyJump b\n"), "me", ssh.ask());
    EXPECT_TRUE(seen[0].only_from_here) << said;
  }
  FakeSsh ssh;
  ssh.said = {{"h0", "hostname h0\nproxyjump none\nport 22\n"}};
  EXPECT_FALSE(look_up(hosts({"h0"}), config("Host h0\nProxyJump none\n"), "me", ssh.ask())[0]
                   .only_from_here);
}

TEST(SshHostsTest, AConditionThatAsksThisMachineHoldsHereOnly) {
  FakeSsh ssh;
  ssh.said = {{"h0", "hostname h0\nport 2222\n"}};
  const auto text = "Match host h0 exec \"at-home\"\n Port 2222\n";
  EXPECT_TRUE(look_up(hosts({"h0"}), config(text), "me", ssh.ask())[0].only_from_here);
  ssh.said.clear();  // it did not apply
  EXPECT_FALSE(look_up(hosts({"h0"}), config(text), "me", ssh.ask())[0].only_from_here);
}

TEST(SshHostsTest, BesideAnotherUserOursIsSaidToo) {
  FakeSsh ssh;
  auto list = hosts({"h0", "h1"});
  list[0].user = "ann";
  const auto seen = look_up(list, config(""), "me", ssh.ask());
  EXPECT_EQ(seen[0].options, Words{});
  EXPECT_EQ(seen[1].options, Words{"User=me"});
}

}  // namespace
}  // namespace skyrun
