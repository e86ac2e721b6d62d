// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/machine_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "core/utf8.h"
#include "topology/pci_device.h"

namespace skyrun {
namespace {

constexpr size_t kColumns = 80;

/// One line; names come from firmware and files, so they are cut and cannot drive the terminal.
std::string line(size_t depth, std::string words) {
  words = std::string(2 * depth, ' ') + printable(words);
  if (words.size() > kColumns) words = words.substr(0, kColumns - 3) + "...";
  return words + "\n";
}

size_t count_within(const std::vector<Domain>& domains, const CpuSet& cpus) {
  return static_cast<size_t>(
      std::count_if(domains.begin(), domains.end(),
                    [&cpus](const Domain& domain) { return domain.cpus.intersects(cpus); }));
}

std::string counted(size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string gpu_words(const Gpu& gpu) {
  std::string words = fmt::format("GPU {} {}", gpu.index, gpu.name);
  if (gpu.pci) words += " " + text(*gpu.pci);
  if (gpu.partition > 0) words += fmt::format(" part {}", gpu.partition);
  if (!gpu.nics.empty()) {
    words += fmt::format(" {} {}", path_word(gpu.nic_path), join(gpu.nics, ","));
  }
  return words;
}

std::string nic_words(const Nic& nic) {
  return "NIC " + nic.name + (nic.pci ? " " + text(*nic.pci) : "");
}

/// What is attached to the NUMA node, or (none) to no one of those shown.
std::string attached(const Machine& machine, std::optional<uint32_t> numa, size_t depth) {
  const auto& shown = machine.at(Level::numa);
  const auto belongs = [&shown, numa](const std::optional<uint32_t>& own) {
    if (numa) return own == numa;
    return !own || std::none_of(shown.begin(), shown.end(),
                                [&own](const Domain& node) { return node.index == *own; });
  };
  std::string out;
  for (const Gpu& gpu : machine.gpus) {
    if (belongs(gpu.numa)) out += line(depth, gpu_words(gpu));
  }
  for (const Nic& nic : machine.nics) {
    if (belongs(nic.numa)) out += line(depth, nic_words(nic));
  }
  return out;
}

std::string numa_text(const Machine& machine, const Domain& node, size_t depth) {
  return line(depth, fmt::format("NUMA {}: {}, CPUs {}", node.index,
                                 counted(count_within(machine.at(Level::core), node.cpus), "core"),
                                 node.cpus.text())) +
         attached(machine, node.index, depth + 1);
}

}  // namespace

std::string summary_text(const Machine& machine) {
  return join({counted(machine.at(Level::package).size(), "package"),
               counted(machine.at(Level::numa).size(), "NUMA node"),
               counted(machine.at(Level::core).size(), "core"),
               counted(machine.allowed.count(), "CPU"), counted(machine.gpus.size(), "GPU")},
              ", ");
}

std::string_view path_word(PathClass path) {
  constexpr std::string_view kWords[] = {"PIX", "PXB", "PHB", "NODE", "SYS"};
  return kWords[static_cast<size_t>(path)];
}

std::string machine_text(const Machine& machine) {
  std::string out = line(0, summary_text(machine));
  CpuSet shown;
  for (const Domain& package : machine.at(Level::package)) {
    out +=
        line(0, fmt::format("package {}: {}", package.index,
                            counted(count_within(machine.at(Level::core), package.cpus), "core")));
    for (const Domain& node : machine.at(Level::numa)) {
      if (!node.cpus.intersects(package.cpus) || node.cpus.intersects(shown)) continue;
      out += numa_text(machine, node, 1);
      shown |= node.cpus;
    }
  }
  for (const Domain& node : machine.at(Level::numa)) {
    if (!node.cpus.intersects(shown)) out += numa_text(machine, node, 0);
  }
  if (const auto rest = attached(machine, std::nullopt, 1); !rest.empty()) {
    out += line(0, "not near any of these CPUs, or nobody says") + rest;
  }
  for (const ExcludedDevice& device : machine.excluded) {
    out += line(0, "no GPU: " + text(device.pci) + " " + device.why);
  }
  for (const auto& notice : machine.notices) out += line(0, "note: " + notice);
  return out;
}

}  // namespace skyrun
