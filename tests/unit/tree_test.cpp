// SPDX-License-Identifier: Apache-2.0
#include "fabric/tree.h"

#include <gtest/gtest.h>

#include <map>

namespace skyrun {
namespace {

constexpr uint32_t kSizes[] = {1, 2, 3, 8, 9, 10, 63, 64, 65, 100, 513, 4096};
constexpr uint32_t kArities[] = {1, 2, 3, 7, 8, 16, 32, 5000};

/// Calls `check` for every size with every arity.
template <class Check>
void for_each_tree(Check check) {
  for (const uint32_t size : kSizes) {
    for (const uint32_t arity : kArities) {
      SCOPED_TRACE(testing::Message() << "size " << size << ", arity " << arity);
      check(Tree{.size = size, .arity = arity});
    }
  }
}

/// How many steps down from the head every node is, walking by children_of() alone. A node that
/// is reached twice is counted as a failure.
std::map<uint32_t, uint32_t> depths(const Tree& tree) {
  std::map<uint32_t, uint32_t> depth{{kHead.value, 0}};
  for (std::vector<NodeId> level{kHead}; !level.empty();) {
    std::vector<NodeId> below;
    for (const NodeId node : level) {
      for (const NodeId child : tree.children_of(node)) {
        EXPECT_TRUE(depth.emplace(child.value, depth[node.value] + 1).second)
            << "twice: " << child.value;
        below.push_back(child);
      }
    }
    level = below;
  }
  return depth;
}

TEST(TreeTest, EveryNodeIsReachedOnceFromTheHead) {
  for_each_tree([](const Tree& tree) {
    const auto reached = depths(tree);
    EXPECT_EQ(reached.size(), tree.size);
    EXPECT_EQ(reached.rbegin()->first, tree.size - 1);
  });
}

TEST(TreeTest, TheParentOfAChildIsTheNodeItself) {
  for_each_tree([](const Tree& tree) {
    EXPECT_EQ(tree.parent_of(kHead), std::nullopt);
    for (uint32_t i = 0; i < tree.size; ++i) {
      for (const NodeId child : tree.children_of(NodeId{i})) {
        EXPECT_EQ(tree.parent_of(child), NodeId{i});
      }
    }
  });
}

TEST(TreeTest, NoNodeHasMoreChildrenThanTheArity) {
  for_each_tree([](const Tree& tree) {
    for (uint32_t i = 0; i < tree.size; ++i) {
      EXPECT_LE(tree.children_of(NodeId{i}).size(), tree.arity);
    }
  });
}

TEST(TreeTest, ItIsNoDeeperThanTheFullTreeThatHoldsItsNodes) {
  for_each_tree([](const Tree& tree) {
    uint32_t full_depth = 0;
    for (uint64_t held = 1, level = 1; held < tree.size; held += level) {
      level *= tree.arity;
      ++full_depth;
    }
    uint32_t deepest = 0;
    for (const auto& [node, depth] : depths(tree)) deepest = std::max(deepest, depth);
    EXPECT_EQ(deepest, full_depth);
  });
}

TEST(TreeTest, ANodeIsBelowItselfAndItsAncestorsOnly) {
  const Tree tree{.size = 100, .arity = 3};
  for (uint32_t i = 0; i < tree.size; ++i) {
    std::vector<bool> above(tree.size, false);
    for (std::optional<NodeId> up = NodeId{i}; up; up = tree.parent_of(*up))
      above[up->value] = true;
    for (uint32_t j = 0; j < tree.size; ++j) {
      EXPECT_EQ(tree.is_below(NodeId{i}, NodeId{j}), above[j]) << i << " below " << j;
    }
  }
}

TEST(TreeTest, TheLastNumbersDoNotOverflow) {
  const Tree tree{.size = kMaxNodes, .arity = kMaxNodes - 1};
  EXPECT_EQ(tree.children_of(kHead).size(), kMaxNodes - 1);
  EXPECT_TRUE(tree.children_of(NodeId{kMaxNodes - 1}).empty());
}

TEST(TreeTest, TheDefaultArityKeepsLargeJobsWithinThreeLevels) {
  for (const uint32_t size : {1U, 2U, 9U, 64U, 128U, 1000U, 1024U, 8000U}) {
    const Tree tree{.size = size, .arity = default_arity(size)};
    for (const auto& [node, depth] : depths(tree)) EXPECT_LE(depth, 3U) << size;
  }
}

}  // namespace
}  // namespace skyrun
