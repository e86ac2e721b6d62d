// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "protocol/codec.h"

namespace skyrun {
namespace {

Hello hello_with(std::vector<AcceleratorCount> accelerators) {
  return {.node = NodeId{3},
          .version = "1",
          .facts = {.hostname = "h3",
                    .address = "10.0.0.3",
                    .cpus = 64,
                    .memory_bytes = 1ULL << 40U,
                    .knows_accelerators = true,
                    .accelerators = std::move(accelerators)}};
}

TEST(NodeFactsWireTest, FactsArriveAsTheyWereSent) {
  const Message sent = hello_with({{"A100-80GB", 8}, {"T4", 1}});
  EXPECT_EQ(decode(encode(sent)), sent);
  const Message none = Hello{.node = NodeId{0}, .version = "1"};
  EXPECT_EQ(decode(encode(none)), none);
}

TEST(NodeFactsWireTest, TheWishForDevicesArrives) {
  Bootstrap bootstrap{.self = {.host = "h"}};
  bootstrap.launch.wants_devices = true;
  EXPECT_EQ(decode(encode(bootstrap)), Message(bootstrap));
}

TEST(NodeFactsWireTest, AcceleratorsOutOfRangeAreRefused) {
  const auto refused = [](std::vector<AcceleratorCount> accelerators) {
    return !decode(encode(hello_with(std::move(accelerators))));
  };
  EXPECT_FALSE(refused(std::vector<AcceleratorCount>(256, {"T4", 100000})));
  EXPECT_TRUE(refused(std::vector<AcceleratorCount>(257, {"T4", 1})));
  EXPECT_TRUE(refused({{"T4", 100001}}));
  EXPECT_TRUE(refused({{std::string(257, 'x'), 1}}));
}

}  // namespace
}  // namespace skyrun
