// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/hostfile.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/support/temporary_directory.h"

namespace skyrun {
namespace {

std::vector<Host> hosts_of(std::string_view text) {
  auto hosts = parse_hostfile(text, "hosts");
  EXPECT_TRUE(hosts.has_value()) << hosts.error().text();
  return hosts.value_or(std::vector<Host>{});
}

std::string error_of(std::string_view text) {
  const auto hosts = parse_hostfile(text, "hosts");
  return hosts ? "no error" : hosts.error().text();
}

TEST(HostfileTest, EveryFormOfALineIsRead) {
  const std::vector<Host> expected = {{.name = "plain"},
                                      {.name = "a.example.org", .slots = 4},
                                      {.name = "b", .user = "ann", .port = 2222, .slots = 2},
                                      {.name = "10.0.0.7", .slots = 8},
                                      {.name = "fe80::1%eth0", .slots = 3},
                                      {.name = "::1", .user = "x@realm", .slots = 5},
                                      {.name = "c", .slots = 6},
                                      {.name = "d", .slots = 7}};
  EXPECT_EQ(hosts_of("# the machines\n"
                     "plain\n\n"
                     "a.example.org slots=4 max_slots=8   # two sockets\n"
                     "ann@b\tport=2222 slots = 2\n"
                     "10.0.0.7 cpu=8#\n"
                     "fe80::1%eth0 count=3\n"
                     "x@realm@[::1] slots=5\n"
                     "c:6\n"
                     "d max-slots=9 slots=7"),
            expected);
}

TEST(HostfileTest, TheOrderOfFirstMentionIsKeptAndSlotsAddUp) {
  const std::vector<Host> expected = {
      {.name = "z", .user = "u", .slots = 5}, {.name = "a", .slots = 2}, {.name = "m"}};
  EXPECT_EQ(hosts_of("z slots=2\na\nm\nu@z slots=3\na\n"), expected);
}

TEST(HostfileTest, OneNameWithTwoPortsIsTwoHosts) {
  EXPECT_EQ(hosts_of("127.0.0.1 port=2201\n127.0.0.1 port=2202\n").size(), 2U);
}

TEST(HostfileTest, FilesOfOtherSystemsAreRead) {
  EXPECT_EQ(hosts_of("\xEF\xBB\xBF"
                     "a slots=2\r\n\r\nb\r\n"),
            (std::vector<Host>{{.name = "a", .slots = 2}, {.name = "b"}}));
}

TEST(HostfileTest, ErrorsNameFileAndLine) {
  EXPECT_EQ(error_of("a\n\nb slots=many\n"),
            "hosts:3: slots=many: expected a number from 1 to 1000000");
  EXPECT_EQ(error_of("a slots=0"), "hosts:1: slots=0: expected a number from 1 to 1000000");
  EXPECT_EQ(error_of("a slots="), "hosts:1: slots=: expected a number from 1 to 1000000");
  EXPECT_EQ(error_of("a port=65536"), "hosts:1: port=65536: expected a number from 1 to 65535");
  EXPECT_EQ(error_of("a slots=2 cpu=2"), "hosts:1: cpu is given twice");
  EXPECT_EQ(error_of("a:2 slots=2"), "hosts:1: slots is given twice");
  EXPECT_EQ(error_of("a slots=4 max_slots=2"), "hosts:1: max_slots=2 is less than slots=4");
  EXPECT_EQ(error_of("a slot5=4"),
            "hosts:1: 'slot5=4': expected slots=N, max_slots=N or port=N after the host");
  EXPECT_EQ(error_of("a b"),
            "hosts:1: 'b': expected slots=N, max_slots=N or port=N after the host");
  EXPECT_EQ(error_of("a\nann@a\nbob@a"), "hosts:3: host a is listed with two users: ann and bob");
  EXPECT_EQ(error_of("a slots=1000000\na"), "hosts:2: host a: more than 1000000 slots");
  EXPECT_EQ(error_of("# nothing\n"), "hosts: no host in it");
}

TEST(HostfileTest, WhatSshOrAShellCouldTakeForSomethingElseIsRefused) {
  EXPECT_EQ(error_of("-oProxyCommand=x"),
            "hosts:1: '-oProxyCommand=x': a host name cannot begin with '-'");
  EXPECT_EQ(error_of("u@-v"), "hosts:1: '-v': a host name cannot begin with '-'");
  EXPECT_EQ(error_of("-l@a"), "hosts:1: '-l': not a user name");
  EXPECT_EQ(error_of("$(id)@a"), "hosts:1: '$(id)': not a user name");
  EXPECT_EQ(error_of("a;b"), "hosts:1: 'a;b': not a host name or address");
  EXPECT_EQ(error_of("a\x1b[2J"), "hosts:1: 'a?[2J': not a host name or address");
  EXPECT_EQ(error_of(std::string_view("a\0b", 3)), "hosts:1: 'a?b': not a host name");
  EXPECT_EQ(error_of("^a"), "hosts:1: '^a': not a host name or address");
  EXPECT_EQ(error_of("@a"), "hosts:1: user name before '@' is missing");
  EXPECT_EQ(error_of("u@"), "hosts:1: host name is missing");
  EXPECT_EQ(error_of("[::1"), "hosts:1: '[::1': not an IPv6 address in brackets");
  EXPECT_EQ(error_of("[::1]2"), "hosts:1: '[::1]2': expected ':' after ']'");
  EXPECT_EQ(error_of("1:2:zz"), "hosts:1: '1:2:zz': not a host name or address");
}

TEST(HostfileTest, AHundredThousandHostsAreNoProblem) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "node" + std::to_string(i) + " slots=8\n";
  const auto hosts = hosts_of(text);
  ASSERT_EQ(hosts.size(), 100'000U);
  EXPECT_EQ(hosts.back().name, "node99999");
}

TEST(HostfileTest, AFileIsLoadedAndAMissingOneIsNamed) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("hosts", "a\nb bad\n");
  EXPECT_EQ(
      load_hostfile(path).error().text(),
      "hostfile: " + path + ":2: 'bad': expected slots=N, max_slots=N or port=N after the host");
  directory.write("hosts", "a\nb\n");
  EXPECT_EQ(load_hostfile(path)->size(), 2U);
  std::remove(path.c_str());
  EXPECT_EQ(load_hostfile(path).error().text(),
            "hostfile: " + path + ": No such file or directory");
}

}  // namespace
}  // namespace skyrun
