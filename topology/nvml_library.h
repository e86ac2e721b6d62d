// SPDX-License-Identifier: Apache-2.0
//
// NVIDIA's management library, loaded while we run: nothing is needed to build or to start without
// it. Of its interface (NVML API reference, "Device Queries" and "Multi Instance GPU Management")
// only what is asked for is declared, in nvml_library.cpp.
#pragma once

#include <string>

namespace skyrun {

/// Loads the library and asks it for every GPU that it lets us use. A line for each, its columns
/// separated by tabs: "gpu", index, PCI address, PCI ids as NVML combines them (device, subsystem),
/// bytes of memory, 1 in MIG mode, UUID, model. After it a line for each of its MIG instances:
/// "mig", UUID, model. Empty where there is no library or no driver. May crash or hang as the
/// library does.
std::string ask_nvml(const std::string& library);

}  // namespace skyrun
