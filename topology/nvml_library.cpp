// SPDX-License-Identifier: Apache-2.0
#include "topology/nvml_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace skyrun {
namespace {

// As in nvml.h, which is NVIDIA's and changes only by adding names with a version.
using Return = int;  // 0: success
using Device = void*;
struct PciInfo {
  char bus_id_legacy[16];
  unsigned domain, bus, device, device_id, subsystem_id;
  char bus_id[32];  // "00000000:1B:00.0"
};
struct Memory {
  unsigned long long total, free, used;  // bytes
};
constexpr unsigned kMostGpus = 1024;
constexpr unsigned kMostInstances = 64;

/// The functions of a loaded library; each is null where it lacks it.
class Nvml {
 public:
  explicit Nvml(void* library) : library_(library) {}

  template <class... Arguments>
  bool call(const char* name, Arguments... arguments) const {
    using Function = Return (*)(Arguments...);
    const auto function = reinterpret_cast<Function>(::dlsym(library_, name));
    return function != nullptr && function(arguments...) == 0;
  }

  /// What one of its functions writes into a buffer, without what would end a column.
  std::string text(const char* name, Device device) const {
    std::array<char, 256> buffer{};
    const auto size = static_cast<unsigned>(buffer.size() - 1);
    if (!call(name, device, buffer.data(), size)) return "";
    std::string text = buffer.data();
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return text;
  }

  unsigned number(const char* name, Device device) const {
    unsigned value = 0;
    return call(name, device, &value) ? value : 0;
  }

 private:
  void* library_;
};

bool is_mig(const Nvml& nvml, Device device) {
  unsigned current = 0;
  unsigned pending = 0;
  return nvml.call("nvmlDeviceGetMigMode", device, &current, &pending) && current == 1;
}

/// Of the most that the GPU can have: those that there are.
std::string instances(const Nvml& nvml, Device gpu) {
  std::string lines;
  const unsigned most = nvml.number("nvmlDeviceGetMaxMigDeviceCount", gpu);
  for (unsigned i = 0; i < std::min(most, kMostInstances); ++i) {
    Device instance = nullptr;
    if (!nvml.call("nvmlDeviceGetMigDeviceHandleByIndex", gpu, i, &instance)) continue;
    lines += fmt::format("mig\t{}\t{}\n", nvml.text("nvmlDeviceGetUUID", instance),
                         nvml.text("nvmlDeviceGetName", instance));
  }
  return lines;
}

/// Empty for one that this container may not use.
std::string describe(const Nvml& nvml, unsigned index) {
  Device device = nullptr;
  PciInfo pci{};
  if (!nvml.call("nvmlDeviceGetHandleByIndex_v2", index, &device)) return "";
  if (!nvml.call("nvmlDeviceGetPciInfo_v3", device, &pci)) return "";
  pci.bus_id[sizeof pci.bus_id - 1] = '\0';
  Memory memory{};
  nvml.call("nvmlDeviceGetMemoryInfo", device, &memory);
  const bool mig = is_mig(nvml, device);
  return fmt::format("gpu\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", index, pci.bus_id, pci.device_id,
                     pci.subsystem_id, memory.total, mig ? 1 : 0,
                     nvml.text("nvmlDeviceGetUUID", device),
                     nvml.text("nvmlDeviceGetName", device)) +
         (mig ? instances(nvml, device) : "");
}

}  // namespace

std::string ask_nvml(const std::string& library) {
  void* loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) return "";
  const Nvml nvml(loaded);
  unsigned count = 0;
  if (!nvml.call("nvmlInit_v2") || !nvml.call("nvmlDeviceGetCount_v2", &count)) return "";
  std::string lines;
  for (unsigned i = 0; i < std::min(count, kMostGpus); ++i) lines += describe(nvml, i);
  nvml.call("nvmlShutdown");
  return lines;
}

}  // namespace skyrun
