// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

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

TEST(NodeFactsWireTest, SeatsOutOfRangeAreRefused) {
  const auto arrives = [](RankSeat seat, std::vector<uint32_t> seat_of) {
    const JobSeats seats{.seats = {std::move(seat)}, .seat_of = std::move(seat_of)};
    return decode(encode(Prepare{.seats = seats})).has_value();
  };
  EXPECT_TRUE(arrives({.cpus = {0, 65535}, .numa = 65535}, {0, 0}));
  EXPECT_FALSE(arrives({.cpus = {65536}}, {}));
  EXPECT_FALSE(arrives({.numa = 65536}, {}));
  EXPECT_FALSE(arrives({}, {0, 1}));
}

/// A head may say which GPUs a rank sees, and not what its shell reads at its start.
TEST(NodeFactsWireTest, ASeatSetsNoVariableButItsOwn) {
  const auto arrives = [](const char* name) {
    const Variables variables{{name, "/tmp/x"}};
    const JobSeats one{.seats = {{.variables = variables}}};
    const JobSeats other{.seats = {{.defaults = variables}}};
    EXPECT_EQ(decode(encode(Prepare{.seats = one})).has_value(),
              decode(encode(Prepare{.seats = other})).has_value());
    return decode(encode(Prepare{.seats = one})).has_value();
  };
  EXPECT_TRUE(arrives("CUDA_VISIBLE_DEVICES"));
  EXPECT_TRUE(arrives("OMP_NUM_THREADS"));
  EXPECT_FALSE(arrives("LD_PRELOAD"));
  EXPECT_FALSE(arrives("BASH_ENV"));
  EXPECT_FALSE(arrives(""));
}

TEST(NodeFactsWireTest, WishesOutOfRangeAreRefused) {
  const auto arrives = [](ResourceWish wish) {
    return decode(encode(Submit{.wishes = {.resources = {.candidates = {std::move(wish)}}}}))
        .has_value();
  };
  EXPECT_TRUE(arrives({.accelerator = "T4", .accelerators = 0.5, .cpus = 1e9, .memory_gib = 0.1}));
  EXPECT_FALSE(arrives({.accelerators = 100001}));
  EXPECT_FALSE(arrives({.accelerators = -1}));
  EXPECT_FALSE(arrives({.cpus = std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_FALSE(arrives({.memory_gib = std::numeric_limits<double>::infinity()}));
  EXPECT_FALSE(decode(encode(Submit{.wishes = {.resources = {.candidates = {}}}})));
}

TEST(NodeFactsWireTest, AReportOfAMachineArrives) {
  const MachineReport report{.machine = std::string("\0x", 2), .gpu_uuids = {"", "GPU-1"}};
  EXPECT_EQ(decode_machine_report(encode(report)), report);
  EXPECT_EQ(decode_machine_report("words of an error"), std::nullopt);
}

}  // namespace
}  // namespace skyrun
