// SPDX-License-Identifier: Apache-2.0
#include "bringup/ssh_config.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

SshConfig config(std::string_view text, const std::string& directory = "/nowhere") {
  SshConfig config;
  config.add(text, directory, directory);
  return config;
}

using Words = std::vector<std::string>;

TEST(SshConfigTest, LinesAreReadAsSshReadsThem) {
  const auto read =
      config("\f\nport=22\n  HOST = \"a b\" c*  # x\n\tUser\tx\nmatch all\nProxyJump p\n");
  ASSERT_EQ(read.stanzas().size(), 3U);
  EXPECT_EQ(read.stanzas()[0].keywords, (std::set<std::string>{"\f", "port"}));
  EXPECT_EQ(read.stanzas()[1].patterns, (Words{"a b", "c*"}));
  EXPECT_EQ(read.stanzas()[1].keywords, std::set<std::string>{"user"});
  EXPECT_TRUE(read.stanzas()[2].is_for_all());
  EXPECT_TRUE(read.says("proxyjump"));
}

TEST(SshConfigTest, ANegatedPatternTakesAHostBack) {
  const auto stanza = config("Host h* !h3 10.0.0.?\n User x\n").stanzas()[1];
  EXPECT_TRUE(stanza.may_apply("h2"));
  EXPECT_TRUE(stanza.may_apply("10.0.0.7"));
  EXPECT_FALSE(stanza.may_apply("h3"));
  EXPECT_FALSE(stanza.may_apply("g1"));
  EXPECT_FALSE(stanza.is_for_all());
}

TEST(SshConfigTest, AMatchMayApplyToAnyAndSaysWhetherItAsksThisMachine) {
  const auto read = config("Match host h1\n Port 1\nMatch exec true\n Port 2\n");
  EXPECT_TRUE(read.stanzas()[1].may_apply("g9"));
  EXPECT_FALSE(read.stanzas()[1].is_conditional);
  EXPECT_TRUE(read.stanzas()[2].is_conditional);
}

TEST(SshConfigTest, IncludedFilesAreReadWhereverTheyAre) {
  const TemporaryDirectory directory;
  directory.write("conf.d/a", "ProxyJump p\n");
  directory.write("conf.d/b", "Include conf.d/b\nUser u\n");  // itself: ssh stops too
  const auto read = config("Include conf.d/* /nowhere/else\n", directory.path());
  EXPECT_TRUE(read.says("proxyjump"));
  EXPECT_TRUE(read.says("user"));
}

TEST(SshConfigTest, OnlyTheFilesOfSshAreRead) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("mine", "Host *\nProxyCommand nc\n");
  EXPECT_TRUE(SshConfig::load({"/usr/bin/ssh", "-F", path}).says("proxycommand"));
  EXPECT_TRUE(SshConfig::load({"rsh", "-F", path}).stanzas().empty());
}

}  // namespace
}  // namespace skyrun
