// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/yaml_complaint.h"

#include <gtest/gtest.h>

#include "launcher/task/yaml.h"

namespace skyrun {
namespace {

std::string complaint(const std::string& text) {
  const auto documents = parse_yaml(text, "t.yaml");
  return documents ? "" : documents.error().text();
}

TEST(YamlComplaintTest, TabsAreShownAndNamed) {
  EXPECT_EQ(complaint("resources:\n\tcpus: 4\n"),
            "t.yaml:2: a tab cannot indent: use blanks\n"
            "    2 | \\tcpus: 4\n"
            "      | ^");
  EXPECT_EQ(complaint("run: |\n  a\n  \tb\nenvs:\n  \tA: 1\n"),
            "t.yaml:5: a tab cannot indent: use blanks\n"
            "    5 |   \\tA: 1\n"
            "      |   ^");
  EXPECT_EQ(complaint("run: a\tb\n"), "");
}

TEST(YamlComplaintTest, BadIndentationIsNamed) {
  EXPECT_EQ(complaint("resources:\n  cpus: 4\n memory: 5\n"),
            "t.yaml:3: indented neither like the line above nor like one that it belongs to\n"
            "    3 |  memory: 5\n"
            "      |  ^");
  EXPECT_EQ(complaint("run: |\n    echo a\n  echo b\n").substr(0, 30),
            "t.yaml:3: indented neither lik");
  EXPECT_EQ(complaint("num_nodes: 2\n  run: x\n"),
            "t.yaml:2: indented more than the line above, which has its value already\n"
            "    2 |   run: x\n"
            "      |      ^");
}

TEST(YamlComplaintTest, OtherMistakesPointAtTheirPlace) {
  EXPECT_EQ(complaint("run: echo a: b\n"),
            "t.yaml:1: a ': ' inside a value: quote the value, or write it in lines of its own "
            "behind '|'\n"
            "    1 | run: echo a: b\n"
            "      |            ^");
  EXPECT_EQ(complaint("envs:\n  \xc3\xa4: @x\n"),
            "t.yaml:2: a value cannot begin with this character: quote it\n"
            "    2 |   \xc3\xa4: @x\n"
            "      |      ^");
  EXPECT_EQ(complaint("run: x\n- a\n"),
            "t.yaml:2: expected a key and ':' here\n"
            "    2 | - a\n"
            "      | ^");
  EXPECT_EQ(complaint("a: 1\r\nrun: @x\r\n"),
            "t.yaml:2: a value cannot begin with this character: quote it\n"
            "    2 | run: @x\n"
            "      |      ^");
  EXPECT_EQ(complaint("run: [a\n"), "t.yaml:2: a '[' is not closed");
}

TEST(YamlComplaintTest, SecretsAreNotShown) {
  for (const char* text : {"secrets:\n  TOKEN: s3cr3t: x\n", "secrets: {A: s3cr3t: x}\n",
                           "secrets:\n  A: 1\n  B: @s3cr3t\n", "secrets:\n  A: b\n\tB: s3cr3t\n",
                           "p:\n  password: @s3cr3t\n", "secrets:\n  A: |\n    x\n   s3cr3t\n"}) {
    const std::string told = complaint(text);
    EXPECT_NE(told, "") << text;
    EXPECT_EQ(told.find("s3cr3t"), std::string::npos) << told;
  }
}

TEST(YamlComplaintTest, WhatIsSaidClearlyIsSaidInOneLine) {
  EXPECT_EQ(complaint("a: 1\na: 2\n").find('\n'), std::string::npos);
}

}  // namespace
}  // namespace skyrun
