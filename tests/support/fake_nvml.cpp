// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libnvidia-ml.so.1: three GPUs, of which the library refuses the second and the
// third is in MIG mode with instances 0 and 2 of at most 7. FAKE_NVML in the environment makes it
// fail: "no-driver", "crash", "hang", "chatty"; or "no-instance" takes the instances away.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr int kSuccess = 0;
constexpr int kNoPermission = 4;
constexpr int kNotFound = 6;
constexpr int kDriverNotLoaded = 9;

struct Device {
  const char* bus_id;
  unsigned device_id;
  const char* uuid;
  const char* name;
  bool mig;
};
Device devices[] = {
    {"00000000:1B:00.0", 0x233010de, "GPU-1b", "NVIDIA H100 80GB HBM3", false},
    {"00000000:43:00.0", 0x233010de, "GPU-43", "NVIDIA H100 80GB HBM3", false},
    {"00000001:52:00.0", 0x233010de, "GPU-52", "NVIDIA H100 80GB HBM3", true},
};
Device instances[] = {
    {"", 0, "MIG-a", "NVIDIA H100 80GB HBM3 MIG 1g.10gb", false},
    {"", 0, "MIG-b", "NVIDIA H100 80GB HBM3 MIG 3g.40gb", false},
};

bool does(const char* what) {
  const char* told = std::getenv("FAKE_NVML");
  return told != nullptr && std::strcmp(told, what) == 0;
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming): the names are NVIDIA's
extern "C" {

struct PciInfo {
  char bus_id_legacy[16];
  unsigned domain, bus, device, device_id, subsystem_id;
  char bus_id[32];
};
struct Memory {
  unsigned long long total, free, used;
};

int nvmlInit_v2() {
  if (does("crash")) std::abort();
  if (does("hang")) ::sleep(60);
  if (does("chatty")) std::puts("NVML says hello");
  return does("no-driver") ? kDriverNotLoaded : kSuccess;
}
int nvmlShutdown() {
  return kSuccess;
}
int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = 3;
  return kSuccess;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
  if (index == 1) return kNoPermission;
  *device = &devices[index];
  return kSuccess;
}
int nvmlDeviceGetPciInfo_v3(void* device, PciInfo* pci) {
  const auto* self = static_cast<Device*>(device);
  std::snprintf(pci->bus_id, sizeof pci->bus_id, "%s", self->bus_id);
  pci->device_id = self->device_id;
  pci->subsystem_id = 0x16c110de;
  return kSuccess;
}
int nvmlDeviceGetMemoryInfo(void* /*device*/, Memory* memory) {
  memory->total = 81559ULL << 20U;
  return kSuccess;
}
int nvmlDeviceGetUUID(void* device, char* uuid, unsigned length) {
  std::snprintf(uuid, length, "%s", static_cast<Device*>(device)->uuid);
  return kSuccess;
}
int nvmlDeviceGetName(void* device, char* name, unsigned length) {
  std::snprintf(name, length, "%s", static_cast<Device*>(device)->name);
  return kSuccess;
}
int nvmlDeviceGetMigMode(void* device, unsigned* current, unsigned* pending) {
  *current = *pending = static_cast<Device*>(device)->mig ? 1 : 0;
  return kSuccess;
}
int nvmlDeviceGetMaxMigDeviceCount(void* device, unsigned* count) {
  *count = static_cast<Device*>(device)->mig ? 7 : 0;
  return kSuccess;
}
int nvmlDeviceGetMigDeviceHandleByIndex(void* /*device*/, unsigned index, void** instance) {
  if ((index != 0 && index != 2) || does("no-instance")) return kNotFound;
  *instance = &instances[index / 2];
  return kSuccess;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming)
