// SPDX-License-Identifier: Apache-2.0
#include "topology/nvidia_proc.h"

#include <algorithm>
#include <filesystem>

#include "core/fd.h"
#include "core/text.h"
#include "topology/sysfs_locality.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

constexpr uint16_t kNvidia = 0x10de;
constexpr const char* kFolder = "/proc/driver/nvidia/gpus/";

/// The value of "Device Minor:  3"; empty where there is none.
std::string_view field(std::string_view text, std::string_view key) {
  for (const std::string_view line : split(text, '\n')) {
    const size_t colon = line.find(':');
    if (colon != std::string_view::npos && trim(line.substr(0, colon)) == key) {
      return trim(line.substr(colon + 1));
    }
  }
  return {};
}

std::vector<NvidiaProcGpu> read_all(const std::string& root) {
  std::vector<NvidiaProcGpu> gpus;
  std::error_code error;
  fs::directory_iterator entry(root + kFolder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const auto address = parse_pci_address(entry->path().filename().native());
    auto gpu = address ? read_nvidia_gpu(root, *address) : std::nullopt;
    if (gpu) gpus.push_back(std::move(*gpu));
  }
  std::sort(gpus.begin(), gpus.end(), [](const NvidiaProcGpu& a, const NvidiaProcGpu& b) {
    return text(a.address) < text(b.address);
  });
  return gpus;
}

}  // namespace

std::optional<NvidiaProcGpu> read_nvidia_gpu(const std::string& root, const PciAddress& address) {
  const auto file = read_file(root + kFolder + text(address) + "/information");
  if (!file) return std::nullopt;
  NvidiaProcGpu gpu;
  gpu.address = address;
  gpu.model = field(*file, "Model");
  if (gpu.model == "Unknown") gpu.model.clear();
  gpu.uuid = field(*file, "GPU UUID");
  if (gpu.uuid.find('?') != std::string::npos) gpu.uuid.clear();
  gpu.minor = to_number<uint32_t>(field(*file, "Device Minor"));
  return gpu;
}

void add_nvidia_proc(std::vector<PciDevice>& devices, const std::string& root,
                     const CpuSet& anywhere) {
  for (NvidiaProcGpu& gpu : read_all(root)) {
    PciDevice* known = find_device(devices, gpu.address);
    if (known == nullptr) {
      known = &devices.emplace_back();
      known->address = gpu.address;
      known->where = sysfs_locality(root, gpu.address, anywhere);
    }
    if (known->ids.vendor == 0 || known->class_id == 0) {
      known->ids.vendor = kNvidia;
      known->class_id = 0x0302;
    }
    OsDevice& os = known->os_devices.emplace_back();
    os.name = "nvidia" + (gpu.minor ? std::to_string(*gpu.minor) : "");
    os.backend = "nvidia";
    os.model = std::move(gpu.model);
    os.uuid = std::move(gpu.uuid);
  }
}

}  // namespace skyrun
