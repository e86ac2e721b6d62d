// SPDX-License-Identifier: Apache-2.0
#include "topology/pci_device.h"

#include <fmt/format.h>

namespace skyrun {

std::string text(const PciAddress& address) {
  return fmt::format("{:04x}:{:02x}:{:02x}.{:x}", address.domain, address.bus, address.device,
                     address.function);
}

}  // namespace skyrun
