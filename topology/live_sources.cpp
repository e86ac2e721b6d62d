// SPDX-License-Identifier: Apache-2.0
#include "topology/live_sources.h"

#include <filesystem>

#include "topology/kfd.h"
#include "topology/nvidia_nodes.h"
#include "topology/nvidia_proc.h"

namespace skyrun {
namespace {

/// Loading the library takes time, and where there is no driver it is in vain.
bool may_have_nvidia(const std::string& root) {
  const auto exists = [&root](const char* path) {
    std::error_code none;
    return std::filesystem::exists(root + path, none);
  };
  return exists("/dev/nvidiactl") || exists("/dev/dxg");  // the second is WSL's
}

}  // namespace

void add_live_sources(std::vector<PciDevice>& devices, const std::string& root, const Nvml& nvml,
                      const CpuSet& anywhere) {
  add_kfd(devices, root, anywhere);
  add_nvidia_proc(devices, root, anywhere);
  if (may_have_nvidia(root)) add_nvml(devices, nvml.gpus(), root, anywhere);
  add_nvidia_nodes(devices, root, anywhere);
}

}  // namespace skyrun
