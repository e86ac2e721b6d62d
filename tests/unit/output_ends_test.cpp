// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/output_ends.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace skyrun {
namespace {

/// Seven nodes in a binary tree: 1 and 2 below the head, 3 and 4 below 1, 5 and 6 below 2.
class OutputEndsTest : public ::testing::Test {
 protected:
  StartForest forest_{Tree{.size = 7, .arity = 2}};
  OutputEnds ends_{7, forest_};

  void all_but(std::initializer_list<uint32_t> nodes) {
    for (uint32_t i = 0; i < 7; ++i) {
      if (std::find(nodes.begin(), nodes.end(), i) == nodes.end())
        ends_.on_end(NodeId{i}, NodeId{i});
    }
  }
};

TEST_F(OutputEndsTest, EveryNodeIsWaitedFor) {
  all_but({4});
  EXPECT_FALSE(ends_.all());
  ends_.on_end(NodeId{4}, NodeId{4});
  EXPECT_TRUE(ends_.all());
}

TEST_F(OutputEndsTest, WhatANodeSaysOfItselfIsOfItAlone) {
  all_but({3, 4});
  ends_.on_end(NodeId{1}, NodeId{1});
  EXPECT_FALSE(ends_.all());
}

TEST_F(OutputEndsTest, WhatIsSaidOfALostNodeIsOfAllThatHungBelowIt) {
  all_but({1, 3, 4});
  ends_.on_end(NodeId{1}, kHead);
  EXPECT_TRUE(ends_.all());
}

TEST_F(OutputEndsTest, ThoseThatTheClientStartedHangBelowNobody) {
  forest_.cut(NodeId{3});
  all_but({1, 3, 4});
  ends_.on_end(NodeId{1}, kHead);
  EXPECT_FALSE(ends_.all());
  ends_.on_end(NodeId{3}, kClient);
  EXPECT_TRUE(ends_.all());
}

}  // namespace
}  // namespace skyrun
