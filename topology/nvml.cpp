// SPDX-License-Identifier: Apache-2.0
#include "topology/nvml.h"

#include <algorithm>

#include "core/text.h"
#include "topology/child_answer.h"
#include "topology/nvml_library.h"
#include "topology/sysfs_locality.h"

namespace skyrun {
namespace {

/// NVML has the device in the upper half and the vendor in the lower.
PciIds to_ids(uint32_t device, uint32_t subsystem) {
  return {static_cast<uint16_t>(device), static_cast<uint16_t>(device >> 16U),
          static_cast<uint16_t>(subsystem), static_cast<uint16_t>(subsystem >> 16U)};
}

std::optional<NvmlGpu> to_gpu(const std::vector<std::string_view>& columns) {
  if (columns.size() != 9) return std::nullopt;
  const auto index = to_number<uint32_t>(columns[1]);
  const auto address = parse_pci_address(columns[2]);
  const auto device = to_number<uint32_t>(columns[3]);
  const auto subsystem = to_number<uint32_t>(columns[4]);
  const auto memory = to_number<uint64_t>(columns[5]);
  if (!index || !address || !device || !subsystem || !memory) return std::nullopt;
  NvmlGpu gpu;
  gpu.index = *index;
  gpu.address = *address;
  gpu.ids = to_ids(*device, *subsystem);
  gpu.memory_gib = static_cast<uint32_t>((*memory + (1U << 29U)) >> 30U);
  gpu.is_mig = columns[6] == "1";
  gpu.uuid = columns[7];
  gpu.model = columns[8];
  return gpu;
}

bool has_nvml(const PciDevice& device) {
  return std::any_of(device.os_devices.begin(), device.os_devices.end(),
                     [](const OsDevice& os) { return os.backend == "NVML"; });
}

PciDevice& device_of(const NvmlGpu& gpu, std::vector<PciDevice>& devices, const std::string& root,
                     const CpuSet& anywhere) {
  PciDevice* device = find_device(devices, gpu.address);
  if (device == nullptr) {
    device = &devices.emplace_back();
    device->address = gpu.address;
    device->where = sysfs_locality(root, gpu.address, anywhere);
  }
  if (device->ids.vendor == 0) {
    device->ids = gpu.ids;
    device->class_id = 0x0302;
  }
  return *device;
}

void add_instances(const NvmlGpu& gpu, PciDevice& device) {
  if (gpu.instances.empty()) device.refused = "it is in MIG mode and has no instance";
  for (size_t i = 0; i < gpu.instances.size(); ++i) {
    const std::string name = "mig" + std::to_string(gpu.index) + ":" + std::to_string(i);
    const auto& instance = gpu.instances[i];
    device.os_devices.push_back(
        {.name = name, .backend = "MIG", .model = instance.model, .uuid = instance.uuid});
  }
}

}  // namespace

std::vector<NvmlGpu> Nvml::gpus() const {
  const auto answer = answer_of_child([this] { return ask_nvml(library_); }, patience_);
  return answer ? parse_nvml(*answer) : std::vector<NvmlGpu>();
}

std::vector<NvmlGpu> parse_nvml(std::string_view lines) {
  std::vector<NvmlGpu> gpus;
  for (const std::string_view line : split(lines, '\n')) {
    const auto columns = split(line, '\t');
    if (columns[0] == "mig" && columns.size() == 3 && !gpus.empty()) {
      gpus.back().instances.push_back({std::string(columns[1]), std::string(columns[2])});
      continue;
    }
    auto gpu = columns[0] == "gpu" ? to_gpu(columns) : std::nullopt;
    if (!gpu) break;
    gpus.push_back(std::move(*gpu));
  }
  return gpus;
}

void add_nvml(std::vector<PciDevice>& devices, const std::vector<NvmlGpu>& gpus,
              const std::string& root, const CpuSet& anywhere) {
  for (const NvmlGpu& gpu : gpus) {
    PciDevice& device = device_of(gpu, devices, root, anywhere);
    if (!has_nvml(device)) {
      device.os_devices.push_back({.name = "nvml" + std::to_string(gpu.index),
                                   .backend = "NVML",
                                   .model = gpu.model,
                                   .uuid = gpu.uuid,
                                   .memory_gib = gpu.memory_gib});
    }
    if (gpu.is_mig) add_instances(gpu, device);
  }
}

}  // namespace skyrun
