// SPDX-License-Identifier: Apache-2.0
#include "topology/hwloc_topology.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string>

namespace skyrun {
namespace {

/// Slow, or with effects on the node: CUDA's starts its runtime, OpenCL's and GL's load drivers;
/// PCI's, whose library leaks, adds nothing to what sysfs tells.
constexpr std::array<const char*, 4> kUnwanted = {"opencl", "gl", "cuda", "pci"};

/// hwloc opens every plugin that is installed, and with it the drivers' libraries, before it knows
/// which components are wanted; these variables it reads first.
void keep_plugins_out() {
#ifdef SKYRUN_HWLOC_ARCHIVE
  ::setenv("HWLOC_PLUGINS_PATH", "", 1);  // they are plugins of another hwloc than the one in here
#endif
  const char* given = std::getenv("HWLOC_PLUGINS_BLACKLIST");
  std::string list = given != nullptr ? given : "";
  for (const char* component : kUnwanted) {
    const std::string plugin = std::string("hwloc_") + component + ".so";
    if (list.find(plugin) == std::string::npos) list += (list.empty() ? "" : ",") + plugin;
  }
  ::setenv("HWLOC_PLUGINS_BLACKLIST", list.c_str(), 1);
  ::setenv("HWLOC_HIDE_ERRORS", "2",
           0);  // what it says of files that a container lacks helps nobody
}

Result<HwlocTopology> prepare() {
  keep_plugins_out();
  hwloc_topology_t raw = nullptr;
  if (hwloc_topology_init(&raw) != 0) return failure("topology: hwloc cannot start");
  HwlocTopology topology(raw);
  // By default there are no PCI devices at all.
  hwloc_topology_set_io_types_filter(raw, HWLOC_TYPE_FILTER_KEEP_IMPORTANT);
  // Restricting to the allowed CPUs would drop the GPUs beside the others.
  hwloc_topology_set_flags(raw, HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED);
  for (const char* component : kUnwanted) {
    hwloc_topology_set_components(raw, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST, component);
  }
  return topology;
}

/// Level Zero would number what this mask leaves, and the mask has the numbers of all. Visibility
/// is a matter of gpu_visibility.h.
class WithoutMask {
 public:
  WithoutMask() {
    if (const char* mask = std::getenv(kName)) mask_ = mask;
    ::unsetenv(kName);
  }
  WithoutMask(const WithoutMask&) = delete;
  WithoutMask& operator=(const WithoutMask&) = delete;
  ~WithoutMask() {
    if (mask_) ::setenv(kName, mask_->c_str(), 1);
  }

 private:
  static constexpr const char* kName = "ZE_AFFINITY_MASK";
  std::optional<std::string> mask_;
};

}  // namespace

Result<HwlocTopology> load_hwloc() {
  for (const char* source : {"HWLOC_XMLFILE", "HWLOC_SYNTHETIC", "HWLOC_FSROOT"})
    ::unsetenv(source);
  auto topology = prepare();
  const WithoutMask without_mask;
  if (topology && hwloc_topology_load(topology->get()) != 0) {
    return failure("topology: hwloc cannot read this machine");
  }
  return topology;
}

Result<HwlocTopology> load_hwloc_xml(const std::string& xml) {
  auto topology = prepare();
  if (!topology) return topology;
  // hwloc wants the terminating zero counted.
  if (hwloc_topology_set_xmlbuffer(topology->get(), xml.c_str(),
                                   static_cast<int>(xml.size()) + 1) != 0 ||
      hwloc_topology_load(topology->get()) != 0) {
    return failure("not a topology that hwloc " HWLOC_VERSION " can read");
  }
  return topology;
}

CpuSet to_cpu_set(hwloc_const_bitmap_t bitmap) {
  CpuSet set;
  if (bitmap == nullptr) return set;
  for (int cpu = hwloc_bitmap_first(bitmap); cpu >= 0 && cpu < static_cast<int>(CpuSet::kMaxCpus);
       cpu = hwloc_bitmap_next(bitmap, cpu)) {
    set.add(static_cast<uint32_t>(cpu));
  }
  return set;
}

}  // namespace skyrun
