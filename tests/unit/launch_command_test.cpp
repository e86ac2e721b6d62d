// SPDX-License-Identifier: Apache-2.0
#include "bringup/launch_command.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/text.h"

namespace skyrun {
namespace {

const LaunchOptions kLaunch{.ssh_options = {"Port=1"}, .daemon_path = "/opt/sky run/skyrund"};
const NodeSpec kNode{.host = "h2", .user = "ann", .port = 2222, .ssh_options = {"HostName=h3"}};

SshConfig config(std::string_view text) {
  SshConfig config;
  config.add(text, "/nowhere", "/nowhere");
  return config;
}

std::string command(std::string_view ssh_config, KeyExchange exchange = KeyExchange::fast) {
  return join(launch_command(kNode, kLaunch, config(ssh_config), exchange), " ");
}

TEST(LaunchCommandTest, ThePersonsOptionsComeFirstThenTheNodesThenOurs) {
  const std::string words = command("");
  EXPECT_LT(words.find("-o Port=1"), words.find("-o HostName=h3"));
  EXPECT_LT(words.find("-o HostName=h3"), words.find("-o BatchMode=yes"));
  EXPECT_NE(words.find("-p 2222 -l ann -- h2 echo skyrun-shell; exec '/opt/sky run/skyrund'"),
            std::string::npos)
      << words;
}

TEST(LaunchCommandTest, WhatAnSshConfigSaysForPeopleIsTakenBackWhereItStands) {
  EXPECT_EQ(command("").find("RemoteCommand"), std::string::npos);  // an old ssh has none
  const std::string words = command(
      "Host x\n RemoteCommand tmux\n StdinNull yes\n SessionType none\n"
      "ForkAfterAuthentication yes\n");
  for (const char* option : {"RemoteCommand=none", "StdinNull=no", "SessionType=default",
                             "ForkAfterAuthentication=no", "LogLevel=INFO"})
    EXPECT_NE(words.find(option), std::string::npos) << option;
}

TEST(LaunchCommandTest, TheDearKeyExchangeIsLeftOutUnlessThePersonHasChosen) {
  EXPECT_NE(command("").find("KexAlgorithms=-sntrup761*"), std::string::npos);
  EXPECT_EQ(command("KexAlgorithms curve25519-sha256").find("-sntrup761"), std::string::npos);
  EXPECT_EQ(command("", KeyExchange::usual).find("-sntrup761"), std::string::npos);
}

TEST(LaunchCommandTest, AnotherAgentGetsTheHostAndTheCommandOnly) {
  LaunchOptions launch = kLaunch;
  launch.agent = {"my-rsh", "-v"};
  EXPECT_EQ(launch_command(kNode, launch, config("")),
            (std::vector<std::string>{"my-rsh", "-v", "h2",
                                      "echo skyrun-shell; exec '/opt/sky run/skyrund'"}));
}

}  // namespace
}  // namespace skyrun
