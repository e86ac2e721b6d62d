// SPDX-License-Identifier: Apache-2.0
#include "topology/sysfs_locality.h"

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {

Locality sysfs_locality(const std::string& root, const PciAddress& address,
                        const CpuSet& anywhere) {
  const std::string folder = root + "/sys/bus/pci/devices/" + text(address);
  const auto numa = read_file(folder + "/numa_node");
  const auto cpus = read_file(folder + "/local_cpulist");
  Locality where;
  if (numa) where.numa = to_number<uint32_t>(trim(*numa));  // -1: nobody knows
  if (const auto near = CpuSet::parse(trim(cpus.value_or("")))) where.cpus = *near;
  if (where.cpus.empty()) where.cpus = anywhere;
  return where;
}

}  // namespace skyrun
