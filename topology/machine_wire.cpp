// SPDX-License-Identifier: Apache-2.0
#include "topology/machine_wire.h"

#include "machine.pb.h"
#include "protocol/bounds.h"

namespace skyrun {
namespace {

uint64_t packed(const PciAddress& pci) {
  return uint64_t{pci.domain} << 16U | uint64_t{pci.bus} << 8U |
         static_cast<uint64_t>(pci.device << 3U | pci.function);
}

PciAddress unpacked(uint64_t pci) {
  return {.domain = static_cast<uint32_t>(pci >> 16U),
          .bus = static_cast<uint8_t>(pci >> 8U),
          .device = static_cast<uint8_t>(pci >> 3U & 31U),
          .function = static_cast<uint8_t>(pci & 7U)};
}

void put(const Gpu& gpu, pb::Gpu* wire) {
  wire->set_index(gpu.index);
  if (gpu.pci) wire->set_pci(packed(*gpu.pci));
  wire->set_partition(gpu.partition);
  wire->set_vendor(gpu.vendor);
  wire->set_device(gpu.device);
  wire->set_model(gpu.model);
  wire->set_name(gpu.name);
  if (gpu.numa) wire->set_numa(*gpu.numa);
  wire->set_cpus(gpu.cpus.text());
}

/// As encode_machine writes it: what repeats itself would cost more than it says.
Result<CpuSet> get(const std::string& wire) {
  auto cpus = CpuSet::parse(wire);
  if (cpus && cpus->text() != wire) return failure("a list of CPUs that is not in order");
  return cpus;
}

Result<Gpu> get(const pb::Gpu& wire) {
  auto cpus = get(wire.cpus());
  if (!cpus) return tl::unexpected(std::move(cpus.error()));
  Gpu gpu;
  gpu.index = wire.index();
  if (wire.has_pci()) gpu.pci = unpacked(wire.pci());
  gpu.partition = wire.partition();
  gpu.vendor = static_cast<uint16_t>(wire.vendor());
  gpu.device = static_cast<uint16_t>(wire.device());
  gpu.model = wire.model();
  gpu.name = wire.name();
  if (wire.has_numa()) gpu.numa = wire.numa();
  gpu.cpus = std::move(*cpus);
  return gpu;
}

/// No two of a level have a CPU in common, which also bounds what the text can grow to.
Result<std::vector<Domain>> get(const pb::Level& wire, const CpuSet& allowed) {
  std::vector<Domain> domains;
  CpuSet seen;
  for (const auto& each : wire.domains()) {
    auto cpus = get(each.cpus());
    if (!cpus) return tl::unexpected(std::move(cpus.error()));
    if (cpus->empty() || cpus->intersects(seen) || !cpus->is_within(allowed)) {
      return failure("the CPUs " + cpus->text() + " are those of no object of their level");
    }
    seen |= *cpus;
    domains.push_back({.index = each.index(), .cpus = std::move(*cpus)});
  }
  return domains;
}

Result<void> get_levels(const pb::Machine& wire, Machine& machine) {
  if (wire.levels_size() != static_cast<int>(kLevels)) return failure("other levels than ours");
  for (size_t i = 0; i < kLevels; ++i) {
    auto domains = get(wire.levels(static_cast<int>(i)), machine.allowed);
    if (!domains) return tl::unexpected(std::move(domains.error()));
    machine.levels[i] = std::move(*domains);
  }
  machine.core_kinds = {wire.core_kinds().begin(), wire.core_kinds().end()};
  const size_t kinds = machine.core_kinds.size();
  if (kinds != 0 && kinds != machine.at(Level::core).size()) {
    return failure("other kinds of cores than cores");
  }
  return {};
}

Result<Machine> get(const pb::Machine& wire) {
  Machine machine;
  auto allowed = get(wire.allowed());
  if (!allowed) return tl::unexpected(std::move(allowed.error()));
  machine.allowed = std::move(*allowed);
  if (auto done = get_levels(wire, machine); !done) return tl::unexpected(std::move(done.error()));
  for (const auto& each : wire.gpus()) {
    auto gpu = get(each);
    if (!gpu) return tl::unexpected(std::move(gpu.error()));
    machine.gpus.push_back(std::move(*gpu));
  }
  machine.notices = {wire.notices().begin(), wire.notices().end()};
  return machine;
}

}  // namespace

std::string encode_machine(const Machine& machine) {
  pb::Machine wire;
  wire.set_allowed(machine.allowed.text());
  for (const auto& level : machine.levels) {
    auto* domains = wire.add_levels();
    for (const Domain& domain : level) {
      auto* each = domains->add_domains();
      each->set_index(domain.index);
      each->set_cpus(domain.cpus.text());
    }
  }
  for (const uint32_t kind : machine.core_kinds) wire.add_core_kinds(kind);
  for (const Gpu& gpu : machine.gpus) put(gpu, wire.add_gpus());
  for (const auto& notice : machine.notices) wire.add_notices(notice);
  return wire.SerializeAsString();
}

Result<Machine> decode_machine(std::string_view bytes) {
  if (auto bounded = check_bounds(bytes, fields_of_machine()); !bounded)
    return tl::unexpected(std::move(bounded.error()).within("a machine is refused"));
  pb::Machine wire;
  if (!wire.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return failure("a machine that does not parse");
  }
  auto machine = get(wire);
  if (!machine) return tl::unexpected(std::move(machine.error()).within("a machine is refused"));
  return machine;
}

}  // namespace skyrun
