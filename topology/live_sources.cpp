// SPDX-License-Identifier: Apache-2.0
#include "topology/live_sources.h"

#include "topology/kfd.h"
#include "topology/nvidia_nodes.h"
#include "topology/nvidia_proc.h"

namespace skyrun {

void add_live_sources(std::vector<PciDevice>& devices, const std::string& root,
                      const CpuSet& anywhere) {
  add_kfd(devices, root, anywhere);
  add_nvidia_proc(devices, root, anywhere);
  add_nvidia_nodes(devices, root, anywhere);
}

}  // namespace skyrun
