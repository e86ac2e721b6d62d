// SPDX-License-Identifier: Apache-2.0
#include "launcher/topo/machine_text.h"

#include <fmt/format.h>

#include <utility>

#include "core/text.h"
#include "core/utf8.h"
#include "launcher/topo/machine_rows.h"
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

std::string devices_text(const Machine& machine, const MachineRow& row, size_t depth) {
  std::string out;
  for (const uint32_t gpu : row.gpus) out += line(depth, gpu_words(machine.gpus[gpu]));
  for (const uint32_t nic : row.nics) out += line(depth, nic_words(machine.nics[nic]));
  return out;
}

/// What is attached to the block as a whole has no row of its own above it.
std::string row_text(const Machine& machine, const MachineRow& row, size_t depth) {
  if (row.title.empty()) return devices_text(machine, row, depth);
  return line(depth, fmt::format("{}: {}, CPUs {}", row.title, counted(row.cores.size(), "core"),
                                 row.cpus)) +
         devices_text(machine, row, depth + 1);
}

std::string block_text(const Machine& machine, const MachineBlock& block) {
  const bool is_package = !block.title.empty();
  size_t cores = 0;
  for (const MachineRow& row : block.rows) cores += row.cores.size();
  std::string out;
  if (is_package) out += line(0, block.title + ": " + counted(cores, "core"));
  for (const MachineRow& row : block.rows) {
    const bool nowhere = !is_package && row.title.empty();
    if (nowhere) out += line(0, "not near any of these CPUs, or nobody says");
    out += row_text(machine, row, is_package || nowhere ? 1 : 0);
  }
  return out;
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
  for (const MachineBlock& block : arrange(machine)) out += block_text(machine, block);
  for (const ExcludedDevice& device : machine.excluded) {
    out += line(0, "no GPU: " + text(device.pci) + " " + device.why);
  }
  return out + notices_text(machine);
}

std::string notices_text(const Machine& machine) {
  std::string out;
  for (const auto& notice : machine.notices) {
    std::string row = "note:";
    for (const auto word : split_words(notice)) {
      if (row.size() + 1 + word.size() > kColumns) {
        out += line(0, std::exchange(row, " "));
      }
      row += " " + std::string(word);
    }
    out += line(0, row);
  }
  return out;
}

}  // namespace skyrun
