// SPDX-License-Identifier: Apache-2.0
#include "topology/machine_reader.h"

#include <gtest/gtest.h>
#include <hwloc.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "launcher/topo/machine_text.h"
#include "launcher/topo/topo_options.h"
#include "tests/support/machine_shape.h"
#include "tests/support/temporary_directory.h"
#include "topology/core_kinds.h"

namespace skyrun {
namespace {

std::string words_for(const std::string& xml) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/machine.xml";
  std::ofstream(path) << xml;
  const auto machine = read_machine_file(path);
  return machine ? "it was read" : machine.error().text().substr(path.size());
}

TEST(MachineReaderTest, HostileFilesAreErrors) {
  EXPECT_NE(words_for(""), "it was read");
  EXPECT_NE(words_for("<topology"), "it was read");
  EXPECT_NE(words_for("<topology version=\"2.0\"><object type=\"Machine\"/></topology>"),
            "it was read");
  EXPECT_EQ(words_for(std::string(kMaxTopologyFile + 1, ' ')), ": larger than 16 MiB");
}

/// The file without what a vendor's library added: as the distribution's hwloc writes it.
std::string pci_only(const std::string& file) {
  std::ifstream in(SKYRUN_TEST_DATA "/topologies/" + file);
  std::string xml{std::istreambuf_iterator<char>(in), {}};
  const std::string end = "</object>";
  for (size_t at = 0; (at = xml.find("<object type=\"OSDev\"", at)) != std::string::npos;) {
    const size_t close = xml.find('>', at);
    const bool empty = xml[close - 1] == '/';
    xml.erase(at, (empty ? close + 1 : xml.find(end, close) + end.size()) - at);
  }
  return xml;
}

TEST(MachineReaderTest, PciAloneCountsTheSameCards) {
  const std::vector<std::pair<std::string, size_t>> cards = {
      {"mpibind-coral-lassen.xml", 4},    {"mpibind-epyc-corona-p2.xml", 8},
      {"openpmix-nvml-4gpu.xml", 4},      {"syn-dgx-a100-nps4.xml", 8},
      {"syn-dgx-h100-nvml.xml", 8},       {"syn-gh200x4-gpunuma.xml", 4},
      {"openpmix-intel-flat-4gpu.xml", 4}};  // which tiles there are, only Level Zero says
  for (const auto& [file, count] : cards) {
    const auto machine = read_machine_xml(pci_only(file));
    ASSERT_TRUE(machine) << file << machine.error().text();
    EXPECT_EQ(machine->gpus.size(), count) << file;
    EXPECT_TRUE(machine->gpus.empty() || machine->gpus[0].os_device.empty()) << file;
  }
}

TEST(MachineReaderTest, FilesOfHwloc3AreNamedAsSuch) {
#if HWLOC_API_VERSION < 0x00030000
  EXPECT_NE(words_for("<topology version=\"3.0\">").find("a file of hwloc 3"), std::string::npos);
#endif
}

TEST(MachineReaderTest, OwnMachineIsTheRealOneWhateverTheEnvironmentSays) {
  ::setenv("HWLOC_XMLFILE", SKYRUN_TEST_DATA "/topologies/syn-dgx-h100-nvml.xml", 1);
  const auto machine = read_own_machine();
  ASSERT_TRUE(machine) << machine.error().text();
  EXPECT_LE(machine->allowed.count(), static_cast<size_t>(::sysconf(_SC_NPROCESSORS_CONF)));
  ASSERT_FALSE(machine->notices.empty());
  EXPECT_EQ(machine->notices.back(), "HWLOC_XMLFILE is ignored: this is about the real machine");
}

/// What hwloc writes of a machine of this shape, in its language of synthetic topologies.
std::string synthetic(const char* shape) {
  hwloc_topology_t topology = nullptr;
  EXPECT_EQ(hwloc_topology_init(&topology), 0);
  EXPECT_EQ(hwloc_topology_set_synthetic(topology, shape), 0);
  EXPECT_EQ(hwloc_topology_load(topology), 0);
  char* text = nullptr;
  int size = 0;
  EXPECT_EQ(hwloc_topology_export_xmlbuffer(topology, &text, &size, 0), 0);
  std::string xml(text);
  hwloc_free_xmlbuffer(topology, text);
  hwloc_topology_destroy(topology);
  return xml;
}

TEST(MachineReaderTest, MemoryBesideTheNodesOwnIsNoPlaceForRanks) {
  for (const char* shape : {"[numa] pack:2 [numa] core:2 pu:1",  // slow memory of the machine
                            "pack:2 [numa] [numa] core:2 pu:1",  // fast memory of each package
                            "pack:2 [numa] core:2 pu:1"}) {
    const auto machine = read_machine_xml(synthetic(shape));
    ASSERT_TRUE(machine) << machine.error().text();
    ASSERT_EQ(machine->at(Level::numa).size(), 2U) << shape;
    EXPECT_EQ(machine->at(Level::numa)[0].cpus.text(), "0-1") << shape;
    EXPECT_EQ(machine->at(Level::numa)[1].cpus.text(), "2-3") << shape;
  }
}

Machine topology_of(const char* file) {
  return read_machine_file(std::string(SKYRUN_TEST_DATA "/topologies/") + file).value();
}

std::vector<std::string> cpus_of(const Machine& machine, Level level) {
  std::vector<std::string> texts;
  for (const Domain& domain : machine.at(level)) {
    texts.push_back((domain.has_number() ? std::to_string(domain.index) : "-") + ": " +
                    domain.cpus.text());
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(MachineReaderTest, AThreadIsACoreWhereNobodySaysWhatCoresThereAre) {
  EXPECT_EQ(cpus_of(topology_of("made-no-cores.xml"), Level::core), (Texts{"0: 0"}));
  EXPECT_EQ(cpus_of(read_machine_xml(synthetic("pack:2 pu:2")).value(), Level::core),
            (Texts{"0: 0", "1: 1", "2: 2", "3: 3"}));
}

TEST(MachineReaderTest, CpusWithoutMemoryAreANumaNodeWithoutANumber) {
  const Machine machine = topology_of("made-no-memory.xml");
  EXPECT_EQ(cpus_of(machine, Level::numa),
            (Texts{"-: 0-3,16-19", "1: 4-7,20-23", "2: 8-11,24-27", "-: 12-15,28-31"}));
  EXPECT_EQ(machine.gpus[0].numa, std::nullopt);
  EXPECT_EQ(machine.gpus[0].cpus.text(), "0-3,16-19");
}

TEST(MachineReaderTest, NumaNodesWhoseMemoryIsNoneAreTheSame) {
  const std::string xml = std::regex_replace(
      synthetic("pack:2 [numa(memory=4096)] core:2 pu:1"), std::regex("local_memory=\"4096\""),
      "local_memory=\"0\"", std::regex_constants::format_first_only);
  EXPECT_EQ(cpus_of(read_machine_xml(xml).value(), Level::numa), (Texts{"-: 0-1", "1: 2-3"}));
}

TEST(MachineReaderTest, MemoryOfAllPackagesHidesNoneOfTheirOwn) {
  const Machine machine = topology_of("made-cxl.xml");
  EXPECT_EQ(cpus_of(machine, Level::numa), (Texts{"0: 0-3", "1: 4-7"}));
  EXPECT_EQ(machine.gpus[0].numa, 0U);
  EXPECT_EQ(machine.gpus[1].numa, 1U);
}

TEST(MachineReaderTest, AFileThatTellsAnotherOrderOfCudaSaysSo) {
  EXPECT_EQ(topology_of("made-mixed-order.xml").notices,
            (Texts{"CUDA's GPU 1 is GPU 0 here, in NVML's order: set CUDA_DEVICE_ORDER=PCI_BUS_ID, "
                   "so that CUDA has it too"}));
  EXPECT_EQ(topology_of("syn-dgx-h100-nvml.xml").notices, Texts());
}

TEST(MachineReaderTest, FastCoresOfAHybridAreToldApart) {
  const auto machine =
      read_machine_file(SKYRUN_TEST_DATA "/topologies/hwloc-20em64t-hybrid-p6e8.xml");
  ASSERT_TRUE(machine);
  EXPECT_EQ(machine->core_kinds, (std::vector<uint32_t>{1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(CoreKindsTest, NearCapacitiesAreOneKind) {
  EXPECT_EQ(merge_kinds({718, 731, 997, 1017, 1024}), (std::vector<uint32_t>{0, 0, 1, 1, 1}));
  EXPECT_EQ(merge_kinds({0, 0}), (std::vector<uint32_t>{0, 1}));
}

TEST(MachineTextTest, EveryDeviceIsWhereItIsNear) {
  EXPECT_EQ(machine_text(topology_of("made-no-memory.xml")),
            "1 package, 4 NUMA nodes, 16 cores, 32 CPUs, 2 GPUs\n"
            "package 0: 16 cores\n"
            "  NUMA without memory: 4 cores, CPUs 0-3,16-19\n"
            "    GPU 0 H100 0000:01:00.0\n"
            "  NUMA 1: 4 cores, CPUs 4-7,20-23\n"
            "  NUMA 2: 4 cores, CPUs 8-11,24-27\n"
            "  NUMA without memory: 4 cores, CPUs 12-15,28-31\n"
            "    GPU 1 H100 0000:41:00.0\n");
  Machine machine = machine_shape("2 package x 2 numa x 2 core");
  machine.gpus.push_back({.index = 0, .name = "of-package-1", .cpus = CpuSet::range(4, 7)});
  machine.gpus.push_back({.index = 1, .name = "of-all", .cpus = CpuSet::range(0, 7)});
  machine.nics.push_back({.name = "nic", .cpus = CpuSet::range(0, 3)});
  EXPECT_EQ(machine_text(machine),
            "2 packages, 4 NUMA nodes, 8 cores, 8 CPUs, 2 GPUs\n"
            "package 0: 4 cores\n"
            "  NUMA 0: 2 cores, CPUs 0-1\n"
            "  NUMA 1: 2 cores, CPUs 2-3\n"
            "  NIC nic\n"
            "package 1: 4 cores\n"
            "  NUMA 2: 2 cores, CPUs 4-5\n"
            "  NUMA 3: 2 cores, CPUs 6-7\n"
            "  GPU 0 of-package-1\n"
            "not near any of these CPUs, or nobody says\n"
            "  GPU 1 of-all\n");
}

TEST(MachineTextTest, NoticesAreWrappedNotCut) {
  EXPECT_EQ(notices_text(topology_of("made-mixed-order.xml")),
            "note: CUDA's GPU 1 is GPU 0 here, in NVML's order: set\n"
            "  CUDA_DEVICE_ORDER=PCI_BUS_ID, so that CUDA has it too\n");
}

TEST(MachineTextTest, FitsEightyColumns) {
  const auto machine = read_machine_file(SKYRUN_TEST_DATA "/topologies/syn-dgx-h100-nvml.xml");
  ASSERT_TRUE(machine);
  const std::string text = machine_text(*machine);
  EXPECT_NE(text.find("    GPU 0 H100 0000:1b:00.0 PIX mlx5_0\n"), std::string::npos) << text;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 80U);
    at = end + 1;
  }
  EXPECT_NE(machine_json(*machine).find(R"("accelerators": {"H100": 8})"), std::string::npos);
}

TEST(TopoOptionsTest, ArgumentsAreCheckedInWords) {
  EXPECT_TRUE(parse_topo_options({"--xml", "a", "--output=json"})->output == "json");
  EXPECT_EQ(parse_topo_options({"--xml"}).error().text(), "--xml: needs a value");
  EXPECT_EQ(parse_topo_options({"--output=x"}).error().text(), "--output: text or json");
  EXPECT_EQ(parse_topo_options({"--host", "-oProxyCommand=x"}).error().text(),
            "--host: not a host");
  EXPECT_EQ(parse_topo_options({"x"}).error().text(), "topo: unknown argument 'x'");
}

}  // namespace
}  // namespace skyrun
