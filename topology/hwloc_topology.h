// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hwloc.h>

#include <memory>
#include <string>

#include "core/result.h"
#include "topology/cpu_set.h"

namespace skyrun {

struct HwlocTopologyDeleter {
  void operator()(hwloc_topology* topology) const { hwloc_topology_destroy(topology); }
};
/// A loaded topology with its PCI devices, whatever CPUs are allowed.
using HwlocTopology = std::unique_ptr<hwloc_topology, HwlocTopologyDeleter>;

/// Of this machine. HWLOC_XMLFILE and HWLOC_SYNTHETIC do not count: see ignored_source().
Result<HwlocTopology> load_hwloc();
/// Of the machine that the XML text describes.
Result<HwlocTopology> load_hwloc_xml(const std::string& xml);

/// The infinite sets that hwloc knows are cut at kMaxCpus.
CpuSet to_cpu_set(hwloc_const_bitmap_t bitmap);

}  // namespace skyrun
