// SPDX-License-Identifier: Apache-2.0
#include "fabric/greeting.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

const std::string kHello(kGreeting);

TEST(GreetingTest, WhatFollowsTheGreetingIsGivenBack) {
  GreetingScanner scanner;
  EXPECT_EQ(scanner.push(kHello + "frames"), "frames");
  EXPECT_EQ(scanner.noise(), "");
}

TEST(GreetingTest, ItSaysOfWhichBuildThePeerIs) {
  GreetingScanner ours;
  ours.push(kHello);
  EXPECT_EQ(ours.build(), kOwnBuild);
  GreetingScanner other;
  EXPECT_EQ(other.push("\x01skyrund-stream-9 7.7"), std::nullopt);
  EXPECT_EQ(other.push(".1\nx"), "x");
  EXPECT_EQ(other.build(), "9 7.7.1");
  GreetingScanner old;
  old.push("\x01skyrund-stream-1\n");
  EXPECT_EQ(old.build(), "1");
}

TEST(GreetingTest, NoiseBeforeItIsKeptApart) {
  const std::string stream = "motd\nskyrun-shell\n" + kHello + "x";
  for (size_t cut = 0; cut < stream.size() - 1; ++cut) {
    GreetingScanner scanner;
    auto rest = scanner.push(stream.substr(0, cut));
    EXPECT_EQ(rest, std::nullopt) << "cut at " << cut;
    rest = scanner.push(stream.substr(cut));
    EXPECT_EQ(rest, "x") << "cut at " << cut;
    EXPECT_EQ(scanner.noise(), "motd\nskyrun-shell\n");
    EXPECT_TRUE(scanner.shell_reached());
  }
}

TEST(GreetingTest, AFalseStartIsNoise) {
  GreetingScanner scanner;
  EXPECT_EQ(scanner.push(kHello.substr(0, 5) + kHello + "x"), "x");
  EXPECT_EQ(scanner.build(), kOwnBuild);
  EXPECT_EQ(scanner.noise(), kHello.substr(0, 5));
}

TEST(GreetingTest, WithoutAGreetingThereIsOnlyNoise) {
  GreetingScanner scanner;
  EXPECT_EQ(scanner.push("bash: skyrund: command not found\n"), std::nullopt);
  EXPECT_EQ(scanner.noise(), "bash: skyrund: command not found\n");
  EXPECT_FALSE(scanner.shell_reached());
}

TEST(GreetingTest, TheShellMarkIsSeenWhereverItIsCut) {
  for (size_t cut = 0; cut <= kShellMark.size(); ++cut) {
    GreetingScanner scanner;
    scanner.push(kShellMark.substr(0, cut));
    EXPECT_EQ(scanner.shell_reached(), cut == kShellMark.size());
    scanner.push(kShellMark.substr(cut));
    EXPECT_TRUE(scanner.shell_reached());
  }
}

TEST(GreetingTest, AShellThatWasReachedStaysReached) {
  GreetingScanner scanner;
  scanner.push("skyrun-shell\n");
  scanner.push(std::string(10000, 'x'));
  EXPECT_TRUE(scanner.shell_reached());
}

TEST(GreetingTest, OnlyTheLastFourKilobytesOfNoiseAreKept) {
  GreetingScanner scanner;
  for (int i = 0; i < 100; ++i) scanner.push(std::string(1000, 'x'));
  scanner.push("the end");
  EXPECT_EQ(scanner.noise().size(), 4096U);
  EXPECT_EQ(scanner.noise().substr(4096 - 7), "the end");
  EXPECT_EQ(scanner.push(std::string(10000, 'y') + kHello), "");
  EXPECT_EQ(scanner.noise().size(), 4096U);
}

}  // namespace
}  // namespace skyrun
