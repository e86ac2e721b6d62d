// SPDX-License-Identifier: Apache-2.0
#include "protocol/network.h"

#include <arpa/inet.h>

#include <array>

#include "core/text.h"

namespace skyrun {
namespace {

struct Bytes {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  uint32_t bits = 0;  // 0: no address
};

Bytes parse(const std::string& text) {
  Bytes parsed;
  if (::inet_pton(AF_INET, text.c_str(), parsed.bytes.data()) == 1) {
    parsed.bits = 32;
  } else if (::inet_pton(AF_INET6, text.c_str(), parsed.bytes.data()) == 1) {
    parsed.bits = 128;
  }
  return parsed;
}

}  // namespace

bool is_in_network(const std::string& address, const std::string& network, uint32_t prefix) {
  const std::string wanted = network_of(network, prefix);
  return !wanted.empty() && network_of(address, prefix) == wanted;
}

std::string network_of(const std::string& address, uint32_t prefix) {
  Bytes parsed = parse(address);
  if (parsed.bits == 0 || prefix > parsed.bits) return {};
  for (uint32_t bit = prefix; bit < parsed.bits; ++bit)
    parsed.bytes[bit / 8] &= static_cast<unsigned char>(~(0x80U >> (bit % 8)));
  std::string text = std::to_string(prefix) + ":";
  text.append(reinterpret_cast<const char*>(parsed.bytes.data()), parsed.bits / 8);
  return text;
}

bool is_network(const std::string& text) {
  const size_t slash = text.find('/');
  if (slash == std::string::npos) return false;
  const auto prefix = to_number<uint32_t>(std::string_view(text).substr(slash + 1));
  return prefix && *prefix <= parse(text.substr(0, slash)).bits;
}

}  // namespace skyrun
