// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/resource_check.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

constexpr uint64_t kGib = 1ULL << 30U;

using Accelerators = std::vector<AcceleratorCount>;

NodeHas node(uint32_t cpus, double memory_gib, Accelerators accelerators = {}) {
  return {.cpus = cpus,
          .memory_bytes = static_cast<uint64_t>(memory_gib * kGib),
          .accelerators = std::move(accelerators)};
}

ResourceWish gpus(const std::string& name, double count) {
  return {.accelerator = name, .accelerators = count};
}

ResourceWish tpus(double count) {
  return {.accelerator = "tpu-v2-8", .accelerators = count, .schedulable = false};
}

ResourceWish cpus(double amount) {
  return {.cpus = amount};
}

ResourceWish memory(double amount) {
  return {.memory_gib = amount};
}

ResourceWishes wishes(std::vector<ResourceWish> candidates) {
  return {.candidates = std::move(candidates)};
}

ResourceVerdict check(std::vector<ResourceWish> candidates, const std::vector<NodeHas>& nodes) {
  std::vector<std::string> names;
  for (size_t i = 0; i < nodes.size(); ++i) names.push_back("h" + std::to_string(i));
  return check_resources(wishes(std::move(candidates)), names, nodes);
}

bool fits(const ResourceWish& one, const NodeHas& nodes) {
  return check({one}, {nodes}).chosen.has_value();
}

TEST(ResourceCheckTest, CpusMustBeThere) {
  EXPECT_TRUE(fits(cpus(4), node(4, 1)));
  EXPECT_TRUE(fits(cpus(0.5), node(1, 1)));
  EXPECT_FALSE(fits(cpus(4.5), node(4, 1)));
}

TEST(ResourceCheckTest, MemoryMayFallShortByATenth) {
  EXPECT_TRUE(fits(memory(32), node(1, 31.2)));
  EXPECT_TRUE(fits(memory(32), node(1, 28.9)));
  EXPECT_FALSE(fits(memory(32), node(1, 28.7)));
}

TEST(ResourceCheckTest, AcceleratorsAreComparedByKindAndCount) {
  EXPECT_TRUE(fits(gpus("A100-80GB", 8), node(1, 1, {{"A100-80GB", 8}})));
  EXPECT_FALSE(fits(gpus("A100-80GB", 8), node(1, 1, {{"A100-80GB", 7}})));
  EXPECT_FALSE(fits(gpus("A100", 1), node(1, 1, {{"T4", 8}})));
  EXPECT_FALSE(fits(gpus("A100", 1), node(1, 1)));
  EXPECT_TRUE(fits(gpus("T4", 0.5), node(1, 1, {{"A10", 1}, {"T4", 1}})));
  EXPECT_FALSE(fits(gpus("T4", 1.5), node(1, 1, {{"T4", 1}})));
}

TEST(ResourceCheckTest, NamesOfTheSameDeviceAreInterchangeable) {
  EXPECT_TRUE(fits(gpus("H100", 1), node(1, 1, {{"H100-80GB", 1}})));
  EXPECT_TRUE(fits(gpus("H100-80GB", 1), node(1, 1, {{"H100", 1}})));
  EXPECT_TRUE(fits(gpus("A100-80GB", 1), node(1, 1, {{"A100-80GB-SXM", 1}})));
  EXPECT_FALSE(fits(gpus("A100-80GB", 1), node(1, 1, {{"A100", 1}})));
  EXPECT_TRUE(fits(gpus("MyChip", 1), node(1, 1, {{"mychip", 1}})));
}

TEST(ResourceCheckTest, WhatANodeCannotSayIsTakenOnTrust) {
  const NodeHas silent{.cpus = 1};
  const auto verdict = check({gpus("T4", 1)}, {silent});
  EXPECT_EQ(verdict.chosen, 0U);
  EXPECT_TRUE(verdict.accelerators_unknown);
  EXPECT_FALSE(check({cpus(1)}, {silent}).accelerators_unknown);
  EXPECT_TRUE(fits(tpus(8), node(1, 1)));
}

TEST(ResourceCheckTest, TheFirstCandidateThatEveryNodeSatisfiesIsChosen) {
  const std::vector<NodeHas> nodes{node(8, 64, {{"A100", 8}, {"T4", 2}}), node(8, 64, {{"T4", 4}})};
  EXPECT_EQ(check({gpus("A100", 8), gpus("T4", 2), cpus(1)}, nodes).chosen, 1U);
  EXPECT_EQ(check({gpus("A100", 8), gpus("H100", 1)}, nodes).chosen, std::nullopt);
}

TEST(ResourceCheckTest, EveryNodeThatFallsShortIsNamedWithWhatItHas) {
  ResourceWish all = gpus("A100", 8);
  all.cpus = 64;
  all.memory_gib = 512;
  const auto verdict =
      check({all}, {node(64, 500, {{"A100", 8}}), node(16, 31.25, {{"A100-80GB", 4}}),
                    node(64, 512), node(2, 512, {{"A100", 8}})});
  using Lines = std::vector<std::string>;
  EXPECT_EQ(
      verdict.shortages,
      (Lines{"h1: asks for A100:8 and 64 CPUs and 512 GiB of memory, has 4 x A100-80GB and 16 "
             "CPUs and 31.2 GiB of memory",
             "h2: asks for A100:8, has no accelerators", "h3: asks for 64 CPUs, has 2 CPUs"}));
}

TEST(ResourceCheckTest, CandidatesAndNodesAreNamedAsFarAsOneReadsThem) {
  const std::vector<ResourceWish> many{gpus("A100", 8), gpus("H100", 8), gpus("H200", 8),
                                       gpus("B200", 8), gpus("L4", 0.5)};
  const auto verdict = check(many, std::vector<NodeHas>(20, node(1, 1, {{"T4", 1}})));
  ASSERT_EQ(verdict.shortages.size(), 17U);
  EXPECT_EQ(verdict.shortages[0],
            "h0: asks for A100:8, or H100:8, or H200:8, or 2 others, has 1 x T4");
  EXPECT_EQ(verdict.shortages[16], "and 4 more nodes fall short");
}

TEST(ResourceCheckTest, OnlyWhatCanBeCheckedNeedsALook) {
  EXPECT_FALSE(wishes({}).needs_check());
  EXPECT_FALSE(wishes({tpus(1)}).needs_check());
  EXPECT_TRUE(wishes({ResourceWish{}, cpus(1)}).needs_check());
  EXPECT_FALSE(wishes({cpus(1), memory(1)}).needs_devices());
  EXPECT_TRUE(wishes({cpus(1), gpus("T4", 1)}).needs_devices());
}

}  // namespace
}  // namespace skyrun
