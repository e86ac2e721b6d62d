// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "protocol/codec.h"
#include "protocol/machine_report.h"

namespace skyrun {
namespace {

Hello hello_with(std::vector<std::string> gpu_uuids) {
  return {.node = NodeId{3},
          .facts = {.hostname = "h3",
                    .address = "10.0.0.3",
                    .cpus = 64,
                    .memory_bytes = 1ULL << 40U,
                    .gpu_uuids = std::move(gpu_uuids),
                    .why_no_machine = "why"},
          .machine = std::string("\0\xff", 2)};
}

TEST(NodeFactsWireTest, FactsArriveAsTheyWereSent) {
  const Message sent = hello_with({"GPU-1", "", "MIG-2"});
  EXPECT_EQ(decode(encode(sent)), sent);
  const Message none = Hello{.node = NodeId{0}};
  EXPECT_EQ(decode(encode(none)), none);
}

TEST(NodeFactsWireTest, TheWishForMachinesArrives) {
  Bootstrap bootstrap{.self = {.host = "h"}};
  bootstrap.launch.wants_machines = true;
  EXPECT_EQ(decode(encode(bootstrap)), Message(bootstrap));
}

TEST(NodeFactsWireTest, MoreGpusThanANodeCanHaveAreRefused) {
  EXPECT_TRUE(decode(encode(hello_with(std::vector<std::string>(4096)))));
  EXPECT_FALSE(decode(encode(hello_with(std::vector<std::string>(4097)))));
}

TEST(NodeFactsWireTest, AnInventoryHasAMachineForEveryNodeOrForNone) {
  const std::vector<NodeFacts> two(2);
  const auto arrives = [&two](std::vector<uint32_t> machine_of) {
    return decode(encode(Inventory{two, {"a", "b"}, std::move(machine_of)})).has_value();
  };
  EXPECT_TRUE(arrives({}));
  EXPECT_TRUE(arrives({1, 0}));
  EXPECT_FALSE(arrives({1}));
  EXPECT_FALSE(arrives({1, 2}));
}

TEST(NodeFactsWireTest, SeatsOutOfRangeAreRefused) {
  const auto arrives = [](RankSeat seat, std::vector<uint32_t> seat_of) {
    const JobSpec job{.num_nodes = 2, .seats = {std::move(seat)}, .seat_of = std::move(seat_of)};
    return decode(encode(Approve{job})).has_value();
  };
  EXPECT_TRUE(arrives({.cpus = {0, 65535}, .numa = 65535}, {0, 0}));
  EXPECT_FALSE(arrives({.cpus = {65536}}, {}));
  EXPECT_FALSE(arrives({.numa = 65536}, {}));
  EXPECT_FALSE(arrives({}, {0, 1}));
}

TEST(NodeFactsWireTest, AReportOfAMachineArrives) {
  const MachineReport report{.machine = std::string("\0x", 2), .gpu_uuids = {"", "GPU-1"}};
  EXPECT_EQ(decode_machine_report(encode(report)), report);
  EXPECT_EQ(decode_machine_report("words of an error"), std::nullopt);
}

}  // namespace
}  // namespace skyrun
