// SPDX-License-Identifier: Apache-2.0
#include "topology/pci_device.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace skyrun {
namespace {

/// A hexadecimal number up to the separator, both taken off the text.
std::optional<uint32_t> take_number(std::string_view& text, char separator, uint32_t most) {
  const size_t end = separator == 0 ? text.size() : text.find(separator);
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  uint32_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + end, number, 16);
  if (error != std::errc() || stop != text.data() + end || number > most) return std::nullopt;
  text.remove_prefix(std::min(end + 1, text.size()));
  return number;
}

}  // namespace

std::string text(const PciAddress& address) {
  return fmt::format("{:04x}:{:02x}:{:02x}.{:x}", address.domain, address.bus, address.device,
                     address.function);
}

std::optional<PciAddress> parse_pci_address(std::string_view text) {
  const auto domain = take_number(text, ':', UINT32_MAX);
  const auto bus = domain ? take_number(text, ':', 0xff) : std::nullopt;
  const auto device = bus ? take_number(text, '.', 0x1f) : std::nullopt;
  const auto function = device ? take_number(text, 0, 7) : std::nullopt;
  if (!function) return std::nullopt;
  return PciAddress{*domain, static_cast<uint8_t>(*bus), static_cast<uint8_t>(*device),
                    static_cast<uint8_t>(*function)};
}

PciDevice* find_device(std::vector<PciDevice>& devices, const PciAddress& address) {
  const auto found =
      std::find_if(devices.begin(), devices.end(),
                   [&address](const PciDevice& device) { return device.address == address; });
  return found == devices.end() ? nullptr : &*found;
}

}  // namespace skyrun
