// SPDX-License-Identifier: Apache-2.0
//
// hwloc asks libudev for the names of disks, which we do not look at, and of libudev there is no
// archive. Without a udev, hwloc does without.
extern "C" {

void* udev_new() {
  return nullptr;
}
void* udev_unref(void* /*udev*/) {
  return nullptr;
}
void* udev_device_new_from_subsystem_sysname(void* /*udev*/, const char* /*subsystem*/,
                                             const char* /*name*/) {
  return nullptr;
}
void* udev_device_unref(void* /*device*/) {
  return nullptr;
}
const char* udev_device_get_property_value(void* /*device*/, const char* /*key*/) {
  return nullptr;
}

}  // extern "C"
