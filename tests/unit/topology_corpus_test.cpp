// SPDX-License-Identifier: Apache-2.0
//
// Every topology of tests/data/topologies gives the GPUs of expected.json there.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

#include "core/text.h"
#include "topology/machine_reader.h"
#include "topology/pci_device.h"

namespace skyrun {
namespace {

const std::string kFolder = SKYRUN_TEST_DATA "/topologies/";

/// The nearest adapter as expected.json has it; NODE* there is another NUMA node of the same
/// package, which PathClass counts as farther than the node.
std::string nic_text(const Gpu& gpu) {
  const char* const names[] = {"PIX", "PXB", "PHB", "NODE", "SYS"};
  if (gpu.nics.empty()) return "-";
  auto nics = gpu.nics;
  std::sort(nics.begin(), nics.end());
  return std::string(names[static_cast<size_t>(gpu.nic_path)]) + ":" + join(nics, ",");
}

/// Unknown cards have a name here: the vendor and the device id.
std::string expected_name(const YAML::Node& gpu) {
  auto name = gpu["sky"].as<std::string>();
  if (!name.empty()) return name;
  const auto id = gpu["id"].as<std::string>();
  return (id.substr(0, 4) == "10de" ? "NVIDIA-" : "AMD-") + id.substr(5);
}

std::string expected_nic(const YAML::Node& gpu) {
  auto nic = gpu["nic"].as<std::string>();
  if (nic.rfind("NODE*", 0) == 0) nic.replace(0, 5, "SYS");
  return nic;
}

std::string row(const Gpu& gpu) {
  return fmt::format("{} part {} {} os={} model={} numa={} cpus={} nic={}",
                     gpu.pci ? text(*gpu.pci) : "?", gpu.partition, gpu.name, gpu.os_device,
                     gpu.model, gpu.numa ? static_cast<int>(*gpu.numa) : -1, gpu.cpus.text(),
                     nic_text(gpu));
}

std::string row(const YAML::Node& gpu) {
  return fmt::format("{} part {} {} os={} model={} numa={} cpus={} nic={}",
                     gpu["bdf"].as<std::string>(), gpu["part"].as<std::string>().substr(0, 1),
                     expected_name(gpu), gpu["os"].as<std::string>(),
                     gpu["model"].as<std::string>(), gpu["numa"].as<int>(),
                     gpu["local_allowed"].as<std::string>(), expected_nic(gpu));
}

/// Only the vendor with most cards counts.
std::vector<std::string> expected_gpus(const YAML::Node& entry) {
  std::vector<std::string> rows;
  for (const YAML::Node& gpu : entry["list"]) {
    if (gpu["id"].as<std::string>().substr(0, 4) == entry["primary_vendor"].as<std::string>()) {
      rows.push_back(row(gpu));
    }
  }
  return rows;
}

std::vector<std::string> expected_excluded(const YAML::Node& entry) {
  std::vector<std::string> rows;
  for (const YAML::Node& device : entry["excluded"]) {
    const auto line = device.as<std::string>();
    rows.push_back(line.substr(0, 12) + " " + line.substr(line.find("] ") + 2));
  }
  return rows;
}

std::vector<std::string> excluded(const Machine& machine) {
  std::vector<std::string> rows;
  for (const auto& device : machine.excluded) {
    if (device.why == "of another vendor than most GPUs here") continue;
    rows.push_back(text(device.pci) + " " + device.why);
  }
  return rows;
}

class TopologyCorpusTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    for (const YAML::Node& candidate : YAML::LoadFile(kFolder + "expected.json")) {
      if (candidate["file"].as<std::string>() == GetParam()) entry = candidate;
    }
    auto read = read_machine_file(kFolder + GetParam());
    ASSERT_TRUE(read) << read.error().text();
    machine = std::move(*read);
  }

  /// hwloc lists them: a cgroup took their CPUs before the file was written.
  bool has_packages_without_cpus() const {
    const auto& file = GetParam();
    return file == "openpmix-nvml-4gpu.xml" || file == "hwloc-16amd64-cpuset-restricted.xml" ||
           file == "hwloc-32amd64-cgroup2-restricted.xml";
  }

  YAML::Node entry;
  Machine machine;
};

TEST_P(TopologyCorpusTest, GpusAreThoseThatAreExpected) {
  std::vector<std::string> rows;
  for (const Gpu& gpu : machine.gpus) rows.push_back(row(gpu));
  EXPECT_EQ(rows, expected_gpus(entry));
  EXPECT_EQ(excluded(machine), expected_excluded(entry));
}

TEST_P(TopologyCorpusTest, SizesAreThoseThatAreExpected) {
  EXPECT_EQ(machine.allowed.count(), entry["allowed_pus"].as<size_t>());
  EXPECT_EQ(machine.at(Level::hwthread).size(), entry["allowed_pus"].as<size_t>());
  if (entry["allowed_pus"].as<size_t>() != entry["pus"].as<size_t>()) return;
  if (!has_packages_without_cpus()) {
    EXPECT_EQ(machine.at(Level::package).size(), entry["packages"].as<size_t>());
  }
  EXPECT_EQ(machine.at(Level::core).size(), entry["cores"].as<size_t>());
}

TEST_P(TopologyCorpusTest, LevelsAreDisjointAndInsideWhatIsAllowed) {
  for (const auto& level : machine.levels) {
    CpuSet seen;
    for (const Domain& domain : level) {
      EXPECT_FALSE(domain.cpus.empty());
      EXPECT_FALSE(domain.cpus.intersects(seen));
      EXPECT_TRUE(domain.cpus.is_within(machine.allowed));
      seen |= domain.cpus;
    }
  }
}

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const YAML::Node& entry : YAML::LoadFile(kFolder + "expected.json")) {
    names.push_back(entry["file"].as<std::string>());
  }
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, TopologyCorpusTest, testing::ValuesIn(files()), test_name);

}  // namespace
}  // namespace skyrun
