// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "topology/pci_device.h"

namespace skyrun {

/// What this node's /sys, /proc and /dev say of a device, under `root` ("" for the real ones).
/// PCI alone shows a container every card of its host; what it may use has a device node that
/// opens.
class LiveDevices {
 public:
  explicit LiveDevices(std::string root) : root_(std::move(root)) {}

  /// Why a program here cannot use it as a GPU; nothing: it can.
  std::optional<std::string> why_unusable(const PciDevice& device) const;

 private:
  std::optional<std::string> why_not_open(const PciDevice& device, const std::string& pci) const;
  std::optional<std::string> nvidia_node(const PciAddress& address) const;
  std::optional<std::string> render_node(const std::string& pci) const;
  bool opens(const std::string& path) const;

  std::string root_;
};

}  // namespace skyrun
