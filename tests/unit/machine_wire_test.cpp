// SPDX-License-Identifier: Apache-2.0
#include "topology/machine_wire.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "machine.pb.h"
#include "tests/support/machine_shape.h"
#include "topology/machine_reader.h"

namespace skyrun {
namespace {

/// Without what stays behind.
Machine travelled(Machine machine) {
  machine.excluded.clear();
  machine.nics.clear();
  for (Gpu& gpu : machine.gpus) {
    gpu.nics.clear();
    gpu.nic_path = PathClass::sys;
    gpu.uuid.clear();
    gpu.os_device.clear();
  }
  return machine;
}

TEST(MachineWireTest, EveryMachineArrives) {
  for (const auto& file : std::filesystem::directory_iterator(SKYRUN_TEST_DATA "/topologies")) {
    if (file.path().extension() != ".xml") continue;
    const auto machine = read_machine_file(file.path());
    ASSERT_TRUE(machine) << machine.error().text();
    const auto bytes = encode_machine(*machine);
    const auto arrived = decode_machine(bytes);
    ASSERT_TRUE(arrived) << file.path() << ": " << arrived.error().text();
    EXPECT_EQ(*arrived, travelled(*machine)) << file.path();
    EXPECT_LT(bytes.size(), 32768U) << file.path();
  }
}

TEST(MachineWireTest, MachinesThatDifferInTheirUuidsOnlyAreEqual) {
  Machine one = MachineShape("1 package x 2 core").build();
  one.gpus.push_back({.name = "H100", .uuid = "GPU-1"});
  Machine other = one;
  other.gpus[0].uuid = "GPU-2";
  EXPECT_EQ(encode_machine(one), encode_machine(other));
}

std::string refusal(const pb::Machine& wire) {
  const auto machine = decode_machine(wire.SerializeAsString());
  return machine ? "taken" : machine.error().text();
}

TEST(MachineWireTest, WhatNoHonestNodeSendsIsRefused) {
  pb::Machine good;
  ASSERT_TRUE(good.ParseFromString(encode_machine(MachineShape("2 package x 2 core").build())));
  EXPECT_EQ(refusal(good), "taken");
  auto* packages = good.mutable_levels(0)->mutable_domains();

  pb::Machine bad = good;
  bad.set_allowed("0-x");
  EXPECT_EQ(refusal(bad), "a machine is refused: '0-x' is no list of CPUs such as 0-3,8");
  bad = good;
  bad.set_allowed("0-3,0-3");
  EXPECT_EQ(refusal(bad), "a machine is refused: a list of CPUs that is not in order");
  bad = good;
  bad.add_levels();
  EXPECT_EQ(refusal(bad), "a machine is refused: other levels than ours");
  bad = good;
  bad.add_core_kinds(1);
  EXPECT_EQ(refusal(bad), "a machine is refused: other kinds of cores than cores");
  bad = good;
  for (int i = 0; i < 4097; ++i) bad.add_gpus();
  EXPECT_EQ(refusal(bad), "a machine is refused: gpus: more than 4096 of them");
  bad = good;
  for (int i = 0; i < 65; ++i) bad.add_notices("n");
  EXPECT_EQ(refusal(bad), "a machine is refused: notices: more than 64 of them");
  for (const char* cpus : {"0", "9", ""}) {  // another's, not allowed, none
    packages->Mutable(1)->set_cpus(cpus);
    EXPECT_EQ(refusal(good), std::string("a machine is refused: the CPUs ") + cpus +
                                 " are those of no object of their level");
  }
  EXPECT_EQ(decode_machine("\xff").error().text(), "a machine is refused: it does not parse");
}

}  // namespace
}  // namespace skyrun
